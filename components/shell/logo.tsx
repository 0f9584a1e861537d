/** Two overlapping speech shapes: a conversation. Drawn for this product; the app icons are made of the same paths. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg viewBox="0 0 48 48" width={size} height={size} aria-hidden focusable="false" className="shrink-0">
      <rect width="48" height="48" rx="13" fill="oklch(0.5 0.095 212)" />
      <path d="M27 12h4a8 8 0 0 1 8 8v3a8 8 0 0 1-8 8h-1v4.2c0 .9-1 1.4-1.7.8L22.5 31" fill="oklch(0.8 0.09 195)" />
      <path
        d="M17 10h8a8 8 0 0 1 8 8v2a8 8 0 0 1-8 8h-4.5l-5.3 4.8c-.7.6-1.7.1-1.7-.8V27.3A8 8 0 0 1 9 20v-2a8 8 0 0 1 8-8Z"
        fill="#fff"
      />
      <path d="M16 17.5h10M16 21.5h6" stroke="oklch(0.5 0.095 212)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
