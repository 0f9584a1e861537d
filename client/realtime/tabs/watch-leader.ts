/** A visible tab asks this often whether the leader is frozen in the background, and waits this long for an answer. */
const askEveryMs = 10_000;
const answerWithinMs = 3_000;

/** Asks the leader regularly for an answer; any message counts as one. Calls `onTimeout` when none arrives in time. */
export function watchLeader(askLeader: () => void, onTimeout: () => void) {
  let timeout: ReturnType<typeof setTimeout> | undefined;
  function ask(): void {
    if (document.visibilityState === "hidden") return;
    askLeader();
    timeout ??= setTimeout(() => {
      timeout = undefined;
      onTimeout();
    }, answerWithinMs);
  }
  const timer = setInterval(ask, askEveryMs);
  document.addEventListener("visibilitychange", ask);
  return {
    ask,
    onAnswer: () => {
      clearTimeout(timeout);
      timeout = undefined;
    },
    close: () => {
      clearTimeout(timeout);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    },
  };
}
