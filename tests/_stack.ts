/**
 * The running messenger, as a journey sees it: where it is, and how to stop, kill and start its processes while
 * browsers are open. `tests/journeys/_setup.ts` starts one for each process of Playwright, for all of its journeys.
 *
 *   const { worker, baseUrl } = stack();
 *   await worker.kill(); …; await worker.start();   // or worker.stop(), worker.restart(); the same for `web`
 *
 * Each call resolves when it is done: after `start` and `restart` the process answers, after `stop` and `kill` it is gone.
 */
export type ProcessName = "worker" | "jobs" | "web";
export type ProcessAction = "start" | "stop" | "kill" | "restart";

/** An app of another backend, for the page with the Pusher libraries. */
export const pageApp = { id: "7001", key: "key-of-the-page", secret: "secret-of-the-page", clientEvents: true };

/** What the setup hands to the journeys through the environment, as a list in JSON in IMCHAT_STACKS. */
export type StackAddresses = {
  baseUrl: string;
  workerUrl: string;
  jobsUrl: string;
  /** Where a journey may put up a page that link cards are made of: the jobs process reaches it. */
  pagePort: number;
  databaseUrl: string;
  /** Where the setup listens for the calls below; loopback, and only with the token. */
  controlUrl: string;
  controlToken: string;
};

type ProcessControl = Record<ProcessAction, () => Promise<void>> & {
  /** What it holds in memory now (resident set size). */
  rssBytes: () => Promise<number>;
};
export type RunningStack = StackAddresses & Record<ProcessName, ProcessControl>;

function control({ controlUrl, controlToken }: StackAddresses, name: ProcessName): ProcessControl {
  const ask = async (action: ProcessAction | "rss") => {
    const response = await fetch(`${controlUrl}/${name}/${action}`, {
      method: "POST",
      headers: { authorization: `Bearer ${controlToken}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name} ${action}: ${text}`);
    return text;
  };
  const act = (action: ProcessAction) => async () => void (await ask(action));
  return {
    start: act("start"),
    stop: act("stop"),
    kill: act("kill"),
    restart: act("restart"),
    rssBytes: async () => Number(await ask("rss")),
  };
}

export function stack(): RunningStack {
  const text = process.env.IMCHAT_STACKS;
  if (!text) throw new Error("The messenger is not running: journeys are run by npm test, or npx playwright test.");
  const addresses: StackAddresses = JSON.parse(text)[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];
  const of = (name: ProcessName) => control(addresses, name);
  return { ...addresses, worker: of("worker"), jobs: of("jobs"), web: of("web") };
}
