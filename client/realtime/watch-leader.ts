/**
 * A visible tab checks this often that the leader is not frozen in the background, and waits this long for its answer.
 */
const askEveryMs = 10_000;
const answerWithinMs = 3_000;

/** Asks the leader regularly for an answer; any message counts. Calls `onSilence` when none arrives in time. */
export function watchLeader(askLeader: () => void, onSilence: () => void) {
  let patience: ReturnType<typeof setTimeout> | undefined;
  function ask(): void {
    if (document.visibilityState === "hidden") return;
    askLeader();
    patience ??= setTimeout(() => {
      patience = undefined;
      onSilence();
    }, answerWithinMs);
  }
  const timer = setInterval(ask, askEveryMs);
  document.addEventListener("visibilitychange", ask);
  return {
    ask,
    onSign: () => {
      clearTimeout(patience);
      patience = undefined;
    },
    close: () => {
      clearTimeout(patience);
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    },
  };
}
