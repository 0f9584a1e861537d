/**
 * Who may import whom, as two tables and one regular expression (house rules: ARCHITECTURE.md). Kept apart from its
 * test, so that the test can also plant violations. The `.mjs` files run before anything is installed and know no alias.
 */
export type Source = { path: string; text: string };

/** What each process on the server needs. */
const shared = ["server/db/sql.ts", "server/db/unavailable.ts", "server/env.ts", "server/log.ts"];

type Room = { may: string[]; types?: string[] };
const rooms: Record<string, Room> = {
  contracts: { may: ["contracts"] },
  server: { may: ["server", "contracts"] },
  realtime: { may: ["realtime", "contracts", "server/realtime", "server/rpc", ...shared] },
  jobs: { may: ["jobs", "server", "contracts"] },
  client: { may: ["client", "contracts"], types: ["server/trpc"] },
  components: { may: ["components", "client", "contracts"] },
  app: { may: ["app", "components", "client", "contracts", "server/trpc", "server/auth", "locales"] },
  examples: { may: ["examples", "contracts"], types: ["server/trpc"] },
};

/** Each foreign library is spoken in one place. */
const libraries: { name: RegExp; in: RegExp }[] = [
  { name: /^ws$/, in: /^(realtime\/(sockets|connection)\.ts|tests\/|bench\/)/ },
  { name: /^pusher-js$/, in: /^(client\/realtime\/attempt\.ts|tests\/|examples\/)/ },
  { name: /^next-auth/, in: /^(server\/auth\/|tests\/)/ },
  { name: /^postgres$/, in: /^(server\/db\/|scripts\/|tests\/|bench\/)/ },
  { name: /^pg$|^@prisma\//, in: /^(server\/db\/|jobs\/runner\.ts|scripts\/|tests\/|bench\/|prisma\.config\.ts)/ },
  { name: /^graphile-worker$/, in: /^jobs\/(runner|install)\.ts$/ },
  { name: /^sharp$/, in: /^(jobs\/media\/pictures\.ts|tests\/)/ },
  { name: /^mediabunny$/, in: /^(jobs\/media\/recordings\/|tests\/)/ },
  { name: /^aws4fetch$/, in: /^(server\/media\/storage\/s3\.ts|tests\/)/ },
  { name: /^@rgrove\/parse-xml$/, in: /^(server\/media\/storage\/s3-answers\.ts|tests\/|docs\/measured\/)/ },
  { name: /^zod/, in: /^(contracts\/|server\/env(\.ts|\/)|realtime\/pusher\/read-apps\.ts|tests\/)/ },
  { name: /^@trpc\/server$/, in: /^(server\/(trpc\/init|rpc\/call)\.ts|tests\/)/ },
  {
    name: /^next\//,
    in: /^(app\/|components\/|client\/|proxy\.ts|next\.config\.ts|server\/(auth\/(current|http)|trpc\/caller)\.ts|tests\/)/,
  },
];

/** Words that stand in one place only. */
const words: { word: string; in: RegExp }[] = [
  { word: "pg_notify(", in: /^(server\/bus\/publish\.ts|prisma\/migrations\/|tests\/|scripts\/|bench\/)/ },
  { word: "TRPCError(", in: /^(server\/(trpc\/init|rpc\/call)\.ts|tests\/)/ },
  { word: ".listen(busChannel", in: /^(realtime\/bus\.ts|tests\/|bench\/)/ },
  { word: "createHmac(", in: /^(server\/realtime\/hmac\.ts|tests\/)/ },
  { word: "timingSafeEqual(", in: /^(server\/realtime\/hmac\.ts|tests\/)/ },
  { word: "dangerouslySetInnerHTML", in: /^tests\// },
];

const importPattern =
  /(?:^|\n)\s*(import|export)(\s+type)?\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)\s*import\s+"([^"]+)"/g;

export function violations(sources: Source[]): string[] {
  return sources.flatMap(({ path, text }) => [...importViolations(path, text), ...wordViolations(path, text)]);
}

function importViolations(path: string, text: string): string[] {
  const room = rooms[path.split("/")[0] ?? ""];
  const found: string[] = [];
  for (const match of text.matchAll(importPattern)) {
    const target = match[3] ?? match[4] ?? match[5] ?? "";
    if (target.startsWith(".") && !path.endsWith(".mjs")) found.push(`${path}: relative import of ${target}`);
    else if (target.startsWith("#")) {
      const inside = (entryPoints: string[] = []) =>
        entryPoints.some((entry) => target.slice(1) === entry || target.slice(1).startsWith(`${entry}/`));
      const allowed = !room || inside(room.may) || (match[2] !== undefined && inside(room.types));
      if (!allowed) found.push(`${path}: may not import ${target}`);
    } else {
      for (const library of libraries) {
        const onlyTypes = match[2] !== undefined;
        if (library.name.test(target) && !library.in.test(path) && !onlyTypes) found.push(`${path}: speaks ${target}`);
      }
      if (target === "zod") found.push(`${path}: imports all of zod; zod/mini is enough`);
    }
  }
  return found;
}

function wordViolations(path: string, text: string): string[] {
  return words.flatMap(({ word, in: place }) =>
    text.includes(word) && !place.test(path) ? [`${path}: says ${word}`] : [],
  );
}
