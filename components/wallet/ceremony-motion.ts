/** Duration of one turn of the coin; the coin always completes a turn, so no ceremony shows less than this. */
const turnMs = 900;
const flapMs = 420;
const fadeMs = 260;

const wantsStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** An animation that was cancelled has ended too. */
const ended = (animation: Animation) =>
  animation.finished.then(
    () => {},
    () => {},
  );

/** A turning coin. `finish` resolves when the current turn is complete, `stop` ends it at once. */
export type TurningCoin = { finish: () => Promise<void>; stop: () => void };

/** Turns the coin until it is told to end. With reduced motion it fades instead. */
export function turnCoin(coin: HTMLElement): TurningCoin {
  const frames = wantsStillness() ? { opacity: [1, 0.55, 1] } : { transform: ["rotateY(0)", "rotateY(1turn)"] };
  const animation = coin.animate(frames, { duration: turnMs, iterations: Number.POSITIVE_INFINITY });
  return {
    finish: () => {
      const turn = animation.effect?.getComputedTiming().currentIteration ?? 0;
      animation.effect?.updateTiming({ iterations: turn + 1 });
      return ended(animation);
    },
    stop: () => animation.cancel(),
  };
}

/** Lifts the flap and lets the coin go; resolves when the envelope is open. With reduced motion the envelope fades. */
export async function openFlap(parts: { envelope: HTMLElement; flap: HTMLElement; coin: HTMLElement }): Promise<void> {
  const stays = { fill: "forwards", easing: "ease-in-out" } as const;
  if (wantsStillness()) return ended(parts.envelope.animate({ opacity: [1, 0] }, { ...stays, duration: fadeMs }));
  parts.coin.animate({ opacity: [1, 0], scale: [1, 1.3] }, { ...stays, duration: flapMs / 2 });
  await ended(
    parts.flap.animate(
      { transform: ["rotateX(0)", "rotateX(115deg)"], opacity: [1, 1, 0] },
      { ...stays, duration: flapMs },
    ),
  );
}
