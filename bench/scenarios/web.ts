/**
 * Messages over HTTP against the cheapest signed-in mutation there is on the same `next start`, and that against a route
 * that does nothing. The cheapest mutation is `realtime.authorize` without arguments: after the check of the session it
 * makes one HMAC and reads no table. What it costs beyond the route is what our HTTP door costs.
 */
import { randomUUID } from "node:crypto";
import { bodyOf } from "#bench/body.ts";
import { closeConnections, getCall, postCall } from "#bench/clients/http-calls.ts";
import { openReceivers } from "#bench/clients/pairs.ts";
import { cpuOf } from "#bench/cost.ts";
import { InFlight } from "#bench/in-flight.ts";
import { befriend, insertPeople, tokenOf } from "#bench/people.ts";
import { type Scenario, takeTurns } from "#bench/rounds.ts";

/** Enough to keep one core of Next busy; more only wait longer. */
const pairCount = 64;

export const web: Scenario = {
  metrics: ["lane_http_vs_noop", "http_cpu_vs_trivial_route"],
  web: true,
  measure: async (harness) => {
    const seconds = harness.sized({ full: 5, quick: 2, smoke: 0.3 });
    const worker = await harness.worker();
    const next = await harness.web(worker.port);
    const pairs = await befriend(harness.sql, await insertPeople(harness.sql, pairCount * 2));
    const tokens = pairs.map(({ from }) => tokenOf(from));
    const failed = (error: unknown) => {
      throw error;
    };
    const sends = new InFlight((scenario, id) => {
      const content = { kind: "text", text: bodyOf(id) };
      const input = { conversationId: pairs[scenario]?.conversationId, clientId: randomUUID(), content };
      postCall(next.port, "messages.send", tokens[scenario] ?? "", input).then(() => sends.acked(id), failed);
    });
    const nothings = new InFlight((scenario, id) => {
      postCall(next.port, "realtime.authorize", tokens[scenario] ?? "", {}).then(() => {
        nothings.acked(id);
        nothings.delivered(id);
      }, failed);
    });
    const trivials = new InFlight((_, id) => {
      getCall(next.port, "/api/health").then(() => {
        trivials.acked(id);
        trivials.delivered(id);
      }, failed);
    });
    const receivers = await openReceivers(worker.port, pairs, sends);
    const pids = [next.program.pid, worker.program.pid, harness.postgresPid];
    const turn = async (inFlight: InFlight) => {
      const before = cpuOf(...pids);
      const { complete, seconds: took } = await inFlight.closedLoop(pairCount, seconds);
      return { "calls/s": complete / took, "µs CPU/call": (cpuOf(...pids) - before) / complete };
    };
    const rounds = await takeTurns(harness, {
      trivial: () => turn(trivials),
      noop: () => turn(nothings),
      ours: () => turn(sends),
    });
    receivers.close();
    closeConnections();
    const part = (label: string, name: "trivial" | "noop" | "ours") => [
      { label, value: rounds.of(name, "calls/s"), unit: "calls/s" },
      { label: `${label} CPU`, value: rounds.of(name, "µs CPU/call"), unit: "µs/call, Postgres included" },
    ];
    return [
      {
        metric: "lane_http_vs_noop",
        value: rounds.ratio("ours", "noop", "calls/s"),
        parts: [...part("floor (realtime.authorize)", "noop"), ...part("ours (messages.send)", "ours")],
      },
      {
        metric: "http_cpu_vs_trivial_route",
        value: rounds.ratio("noop", "trivial", "µs CPU/call"),
        parts: [...part("floor (api/health)", "trivial"), ...part("ours (realtime.authorize)", "noop")],
      },
    ];
  },
};
