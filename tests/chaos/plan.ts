/** What the parts of a run tell each other. */
export type DeviceSpec = { name: string; personId: string; token: string; via: "http" | "socket" };

export type Places = {
  directory: string;
  key: string;
  /** Ports of the proxies, never of the processes behind them. */
  servers: number[];
  workers: number[];
};

export type ConversationPlan = { id: string; kind: "direct" | "community"; history: boolean; canary: string };

export type ClientSetup = {
  seed: string;
  places: Places;
  devices: DeviceSpec[];
  tabs: DeviceSpec[];
  conversations: ConversationPlan[];
  rate: number;
};

/** What the driver asks a client process, and what it gets. */
export type Asks = {
  start: { ask: ClientSetup; answer: { devices: number } };
  /** Begins to send. */
  load: { ask: null; answer: { done: boolean } };
  progress: { ask: null; answer: Progress };
  /** Which devices (and tabs) do not stand at these revs or have no link? */
  behind: {
    ask: {
      heads: Record<string, number>;
      revs: Record<string, number>;
      people: Record<string, string[]>;
      tabs: boolean;
    };
    answer: Behind;
  };
  quiet: { ask: null; answer: { pending: number } };
  /** One more message in each of these conversations, by this device. */
  say: {
    ask: { device: string; conversationId: string; clientId?: string };
    answer: { clientId: string; said: string };
  };
  configure: { ask: { device: string; conversationId: string }; answer: { done: boolean } };
  duplicates: { ask: { devices: number; copies: number }; answer: { acks: number } };
  large: { ask: { count: number }; answer: { acks: number } };
  nonReaders: { ask: { count: number; forMs: number }; answer: { cut: number } };
  /** Says the old subscription again on every open socket. */
  subscribe: { ask: { devices: string[] }; answer: { done: number } };
  token: { ask: { device: string; token: string }; answer: { done: boolean } };
  session: { ask: { device: string }; answer: { sessionNo: number; ready: boolean } };
  finish: { ask: null; answer: { done: boolean } };
};
export type AskName = keyof Asks;

export type Progress = {
  acked: number;
  refused: number;
  unanswered: number;
  pending: number;
  ready: number;
  devices: number;
  frames: number;
  broken: number;
  /** Calls answered over sockets. */
  lane: number;
};
type Behind = { devices: number; unready: number; behind: number; example: string };
