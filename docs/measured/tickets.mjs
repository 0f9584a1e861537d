/**
 * How many tickets one thread verifies, ours and with libraries, in turns (decision 0014):
 * `npm install --no-save jose@6.2.18 fast-jwt@6.3.6 && node --import tsx docs/measured/tickets.mjs && npm ci`
 */
import { createSecretKey, randomUUID } from "node:crypto";
import { createVerifier } from "fast-jwt";
import { jwtVerify, SignJWT } from "jose";
import { readToken, writeToken } from "#server/realtime/hmac.ts";

const secret = "x".repeat(43);
const key = createSecretKey(Buffer.from(secret));
const algorithm = { name: "HMAC", hash: "SHA-256" };
const webKey = await crypto.subtle.importKey("raw", Buffer.from(secret), algorithm, false, ["verify"]);
const count = 10_000;
const exp = Math.floor(Date.now() / 1_000) + 3_600;
const claims = Array.from({ length: count }, () => ({ personId: randomUUID(), sessionId: randomUUID(), exp }));
const tokens = claims.map((one) => writeToken(secret, "signin", one));
const sign = (one) => new SignJWT(one).setProtectedHeader({ alg: "HS256" }).sign(key);
const jwts = await Promise.all(claims.map(sign));
const options = { algorithms: ["HS256"] };
const verifyFast = createVerifier({ key: secret, ...options, cache: false });

const ways = {
  ours: async () => tokens.map((token) => readToken([secret, undefined], "signin", token)),
  "jose, one after the other": async () => {
    for (const jwt of jwts) await jwtVerify(jwt, webKey, options);
  },
  "jose, all at once": () => Promise.all(jwts.map((jwt) => jwtVerify(jwt, webKey, options))),
  "fast-jwt": async () => jwts.map((jwt) => verifyFast(jwt)),
};

const rounds = { warm: 2, counted: 7 };
const measured = new Map(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < rounds.warm + rounds.counted; round += 1) {
  for (const [name, verify] of Object.entries(ways)) {
    const before = { cpu: process.cpuUsage(), at: performance.now() };
    await verify();
    const { user, system } = process.cpuUsage(before.cpu);
    const perSecond = (count / (performance.now() - before.at)) * 1_000;
    if (round >= rounds.warm) measured.get(name)?.push({ perSecond, cpu: (user + system) / count });
  }
}
for (const [name, results] of measured) {
  const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const perSecond = Math.round(middle(results.map((one) => one.perSecond)));
  console.log(`${name}: ${perSecond}/s, ${middle(results.map((one) => one.cpu)).toFixed(1)} µs of CPU each`);
}
