/** A small red envelope, its flap closed or standing open. */
export function Envelope({ opened }: { opened: boolean }) {
  return (
    <svg viewBox="0 0 36 44" aria-hidden focusable="false" className="h-11 w-9 shrink-0">
      <rect x="1" y={opened ? 12 : 2} width="34" height={opened ? 31 : 40} rx="4" className="fill-packet-deep" />
      {opened ? (
        <path d="M2 14 18 2 34 14 18 24Z" className="fill-packet stroke-gold" strokeWidth="1" />
      ) : (
        <path d="M1 6a4 4 0 0 1 4-4h26a4 4 0 0 1 4 4v7c-9 8-25 8-34 0Z" className="fill-packet stroke-gold" />
      )}
      <circle cx="18" cy={opened ? 30 : 19} r="5.5" className="fill-gold" />
    </svg>
  );
}
