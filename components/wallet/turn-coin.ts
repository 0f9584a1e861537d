/** One turn of the coin: long enough to be seen, short enough for whoever opens many. */
const turnMs = 700;

/**
 * Turns the coin until it is told to stop, which it does at the end of the turn that it is in. Whoever wants no motion sees
 * it fade instead.
 */
export function turnCoin(coin: HTMLElement | null): () => Promise<unknown> {
  if (!coin) return () => Promise.resolve();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const frames = still ? { opacity: [1, 0.55, 1] } : { transform: ["rotateY(0)", "rotateY(1turn)"] };
  const animation = coin.animate(frames, { duration: turnMs, iterations: Number.POSITIVE_INFINITY });
  return () => {
    const turn = animation.effect?.getComputedTiming().currentIteration ?? 0;
    animation.effect?.updateTiming({ iterations: turn + 1 });
    // Cancelled where the dialog was closed meanwhile.
    return animation.finished.catch(() => {});
  };
}
