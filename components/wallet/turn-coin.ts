/** Duration of one turn of the coin: long enough to be seen, short enough when opening many. */
const turnMs = 700;

/**
 * Turns the coin until the returned function is called, and finishes the current turn. With reduced motion it fades
 * instead.
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
