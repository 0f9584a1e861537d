/** What each figure is, and how good it should be. `at least` unless it says `at most`. */
export type Goal = { what: string; unit: string; goal: number; moonshot: number; atMost?: true };

export const goals: Record<string, Goal> = {
  storage_vs_commit_limit: {
    what: "durable, numbered, deduplicated, notified messages/s ÷ best rate of one-row commits",
    unit: "ratio",
    goal: 1.5,
    moonshot: 2.5,
  },
  storage_cpu_vs_commit: {
    what: "Postgres' CPU of a one-row commit ÷ of a durable, numbered, deduplicated, notified message",
    unit: "ratio",
    goal: 1.3,
    moonshot: 1.9,
  },
  bus_on_vs_off: { what: "the same with NOTIFY ÷ without", unit: "ratio", goal: 0.9, moonshot: 0.97 },
  rpc_socket_vs_echo: {
    what: "durable sends/s over the socket scenario, acked and delivered ÷ bare ws echoes/s",
    unit: "ratio",
    goal: 0.2,
    moonshot: 0.27,
  },
  lane_http_vs_noop: {
    what: "durable tRPC sends/s over HTTP, acked and delivered ÷ signed-in mutations that do nothing",
    unit: "ratio",
    goal: 0.8,
    moonshot: 0.9,
  },
  http_cpu_vs_trivial_route: {
    what: "CPU per signed-in tRPC call that does nothing ÷ per call of a route of Next that does nothing",
    unit: "ratio",
    goal: 1.5,
    moonshot: 1.2,
    atMost: true,
  },
  durable_cpu_vs_socketio: {
    what: "CPU per durable delivered 1:1 message of Socket.IO in one process ÷ ours over the socket scenario",
    unit: "ratio",
    goal: 4,
    moonshot: 6,
  },
  open500_cpu_vs_socketio: {
    what: "at 500 messages/s, Socket.IO's CPU per message ÷ ours over the socket scenario",
    unit: "ratio",
    goal: 1.2,
    moonshot: 2,
  },
  open500_p50_vs_socketio: { what: "at 500 messages/s, Socket.IO's p50 ÷ ours", unit: "ratio", goal: 1, moonshot: 2 },
  open100_cpu_vs_socketio: { what: "the same at 100 messages/s", unit: "ratio", goal: 1.2, moonshot: 2 },
  open100_p50_vs_socketio: { what: "the same at 100 messages/s", unit: "ratio", goal: 1, moonshot: 2 },
  send_cpu_with_receipts_vs_without: {
    what: "at 500 messages/s, CPU per message when receivers report what they have received ÷ when they say nothing",
    unit: "ratio",
    goal: 1.1,
    moonshot: 1.02,
    atMost: true,
  },
  fanout_vs_ws_floor: {
    what: "CPU per delivery of a bare pre-framed broadcast ÷ ours, room of 1,000",
    unit: "ratio",
    goal: 0.9,
    moonshot: 1,
  },
  fanout_burst_vs_ws_floor: {
    what: "the same with bursts of 10 messages: the floor writes each on its own",
    unit: "ratio",
    goal: 4,
    moonshot: 6,
  },
  fanout_cpu_vs_socketio: {
    what: "Socket.IO's CPU per delivery ÷ ours, room of 1,000",
    unit: "ratio",
    goal: 1.5,
    moonshot: 3,
  },
  fanout_burst_cpu_vs_socketio: { what: "the same with bursts of 10 messages", unit: "ratio", goal: 1.5, moonshot: 10 },
  latency_p50_vs_floor: {
    what: "send over the socket scenario → the other person's socket at 30 % load ÷ (one commit + 2 loopback round trips)",
    unit: "ratio",
    goal: 4,
    moonshot: 2.5,
    atMost: true,
  },
  latency_p99_vs_floor: {
    what: "p99 over the socket scenario at 70 % of our own most ÷ p99 of a bare commit + NOTIFY → listener at the same rate",
    unit: "ratio",
    goal: 2,
    moonshot: 1.3,
    atMost: true,
  },
  idle_rss_per_conn: {
    what: "memory of all server processes per authenticated, inbox-subscribed connection",
    unit: "KB",
    goal: 9,
    moonshot: 7,
    atMost: true,
  },
  idle_cpu_per_conn: {
    what: "CPU per second and idle connection, pings answered, sessions checked",
    unit: "µs/s",
    goal: 2.2,
    moonshot: 0.7,
    atMost: true,
  },
  idle_cpu_vs_ws: {
    what: "the same ÷ that of as many bare ws connections that ping as often by themselves",
    unit: "ratio",
    goal: 0.5,
    moonshot: 0.2,
    atMost: true,
  },
  message_cpu_per_extra_worker: {
    what: "CPU that each further worker adds to a 1:1 message, Postgres included ÷ CPU of a message with one worker",
    unit: "ratio",
    goal: 0.15,
    moonshot: 0.05,
    atMost: true,
  },
  notify_cpu_of_idle_worker: {
    what: "CPU of a worker for a message that it reads from the bus and has no connection for",
    unit: "µs",
    goal: 20,
    moonshot: 5,
    atMost: true,
  },
  storm_vs_handshake: {
    what: "clients back, signed in and caught up after kill -9, per second ÷ bare ws handshakes/s",
    unit: "ratio",
    goal: 0.4,
    moonshot: 0.75,
  },
  history_p99_growth: {
    what: "p99 of a page of history at 1,000,000 messages ÷ at 100,000",
    unit: "ratio",
    goal: 1.5,
    moonshot: 1.1,
    atMost: true,
  },
  packet_p99_vs_row_lock: {
    what: "p99 of 1,000 people who open a 100-share red packet at once ÷ p99 of 1,000 bare updates of one row",
    unit: "ratio",
    goal: 3,
    moonshot: 1.5,
    atMost: true,
  },
  send_cpu_world_vs_small: {
    what: "CPU of a send among 1,000,000 people and 10,000,000 messages ÷ among 1,000 people",
    unit: "ratio",
    goal: 1.2,
    moonshot: 1.05,
    atMost: true,
  },
  list_cpu_world_vs_small: {
    what: "the same for a person's list of conversations",
    unit: "ratio",
    goal: 1.2,
    moonshot: 1.05,
    atMost: true,
  },
  page_cpu_world_vs_small: {
    what: "the same for a page of history",
    unit: "ratio",
    goal: 1.2,
    moonshot: 1.05,
    atMost: true,
  },
  signin_cpu_world_vs_small: {
    what: "the same for signing in, with all that a socket asks for after it",
    unit: "ratio",
    goal: 1.2,
    moonshot: 1.05,
    atMost: true,
  },
  upload_vs_node_http: {
    what: "MB/s of a 256 MB file in parts until it is checked and ready ÷ a bare node:http server writing it to disk",
    unit: "ratio",
    goal: 0.7,
    moonshot: 0.9,
  },
  list_1000_conversations_inp_p75_ms: {
    what: "p75 from an input in a list of 1,000 conversations to the next picture, as the browser times it",
    unit: "ms",
    goal: 100,
    moonshot: 40,
    atMost: true,
  },
  search_2char_p95_ms: {
    what: "p95 of a search for two characters in 1,000,000 messages, through `messages.search` with its checks",
    unit: "ms",
    goal: 50,
    moonshot: 15,
    atMost: true,
  },
  search_vs_seqscan: { what: "the same by reading all lines ÷ ours, p50", unit: "ratio", goal: 20, moonshot: 100 },
  search_vs_trgm: { what: "the same by an index of pg_trgm ÷ ours, p50", unit: "ratio", goal: 100, moonshot: 500 },
  search_recall: {
    what: "of what a comparison with every line finds, the part that a search finds",
    unit: "ratio",
    goal: 1,
    moonshot: 1,
  },
  search_index_bytes_per_message: {
    what: "bytes of the table and its indexes by which a message is found",
    unit: "bytes",
    goal: 1_500,
    moonshot: 500,
    atMost: true,
  },
  send_cpu_with_search_vs_without: {
    what: "CPU of a stored message, Postgres included, with what notes it for the index ÷ without",
    unit: "ratio",
    goal: 1.15,
    moonshot: 1.03,
    atMost: true,
  },
  upload_rss_growth_1gb: {
    what: "MB by which the jobs process grows while 1 GB passes",
    unit: "MB",
    goal: 64,
    moonshot: 16,
    atMost: true,
  },
};

export type Verdict = "moonshot" | "met" | "short";

export function judge(metric: string, value: number): Verdict {
  const goal = goals[metric];
  if (!goal) throw new Error(`${metric} has no goal`);
  const reaches = (line: number) => (goal.atMost ? value <= line : value >= line);
  return reaches(goal.moonshot) ? "moonshot" : reaches(goal.goal) ? "met" : "short";
}
