import { fileAddress } from "#client/media/file-address.ts";
import { generatedArt, initialOf } from "#components/people/generated-art.ts";

type GeneratedProps = { id: string; seed: number; name: string; size: number; round: boolean };

/** The colours are CSS, not an SVG gradient: those are found by id, and ids clash when a face is drawn twice. */
export function GeneratedAvatar({ id, seed, name, size, round }: GeneratedProps) {
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

type PictureProps = { fileId: string; size: number; round: boolean };

/** A chosen picture over the generated one, which stays where the picture cannot be fetched. */
export function AvatarImage({ fileId, size, round }: PictureProps) {
  return (
    // biome-ignore lint/performance/noImgElement: variants are made once, on upload; nothing is left to optimise.
    <img
      src={fileAddress(fileId, "thumb")}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      draggable={false}
      className="absolute inset-0 size-full object-cover"
      style={{ borderRadius: round ? "50%" : size * 0.28 }}
    />
  );
}

type Faced = { id: string; avatarSeed: number; avatarId: string | null; displayName: string };

/** A face for everyone, chosen or generated. Always beside the name, so it is hidden from screen readers. */
export function Avatar({ person, size = 44 }: { person: Faced | undefined; size?: number }) {
  if (!person) {
    return <span aria-hidden className="shrink-0 rounded-full bg-sunken" style={{ width: size, height: size }} />;
  }
  return (
    <span aria-hidden className="relative inline-flex shrink-0">
      <GeneratedAvatar id={person.id} seed={person.avatarSeed} name={person.displayName} size={size} round />
      {person.avatarId ? <AvatarImage fileId={person.avatarId} size={size} round /> : null}
    </span>
  );
}
