import { generatedArt, initialOf } from "#components/people/generated-art.ts";

type GeneratedProps = { id: string; seed: number; name: string; size: number; round: boolean };

/** The colours are CSS, not an SVG gradient: those are found by id, and ids clash when a face is drawn twice. */
export function Generated({ id, seed, name, size, round }: GeneratedProps) {
  const art = generatedArt(id, seed);
  return (
    <span
      aria-hidden
      className="relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden font-semibold text-white"
      style={{
        width: size,
        height: size,
        background: art.background,
        borderRadius: round ? "50%" : size * 0.28,
        fontSize: Math.round(size * 0.42),
      }}
    >
      <svg viewBox="0 0 40 40" className="absolute inset-0 size-full" aria-hidden focusable="false">
        <path d={art.shape} fill="#fff" opacity="0.14" transform={`rotate(${art.turn} 20 20)`} />
      </svg>
      <span className="relative leading-none">{initialOf(name)}</span>
    </span>
  );
}

type AvatarProps = { person: { id: string; avatarSeed: number; displayName: string } | undefined; size?: number };

/** A face for everyone, without uploads. Always beside the name, so it is hidden from screen readers. */
export function Avatar({ person, size = 44 }: AvatarProps) {
  if (!person) {
    return <span aria-hidden className="shrink-0 rounded-full bg-sunken" style={{ width: size, height: size }} />;
  }
  return <Generated id={person.id} seed={person.avatarSeed} name={person.displayName} size={size} round />;
}
