const gap = 3;
const height = 28;

/** Loudness from 0 to 100 as bars; those before `share` of the way are said already. Fills its parent. */
export function Waveform({ peaks, share }: { peaks: readonly number[]; share: number }) {
  return (
    <svg
      viewBox={`0 0 ${peaks.length * gap} ${height}`}
      preserveAspectRatio="none"
      className="size-full rtl:-scale-x-100"
      aria-hidden
      focusable="false"
    >
      {peaks.map((peak, at) => {
        const tall = Math.max(3, (peak / 100) * height);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars of a voice never move.
            key={at}
            x={at * gap}
            y={(height - tall) / 2}
            width={gap - 1}
            height={tall}
            rx="1"
            className={at / peaks.length < share ? "fill-accent" : "fill-ink-soft/45"}
          />
        );
      })}
    </svg>
  );
}
