/**
 * What a map shows: `width` × `height` units around a place (degrees, WGS 84), `span` degrees of latitude from top to
 * bottom. Longitudes shrink with the latitude in the middle, so that shapes keep their look.
 */
export type View = { latitude: number; longitude: number; span: number; width: number; height: number };

/** Degrees of latitude between the edges: from some two kilometres to most of the world. */
export const spans = { least: 0.02, most: 120 };
const metresPerDegree = 111_320;

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** Longitudes go on behind the date line: 181° is -179°. The line itself stays as it was written. */
export const wrapLongitude = (longitude: number): number =>
  Math.abs(longitude) <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180;

/** Units per degree: `up` of latitude, `along` of longitude. */
export function scaleOf({ latitude, span, height }: View): { up: number; along: number } {
  const up = height / span;
  // Near a pole a degree of longitude would be no wider than a line.
  return { up, along: up * Math.max(0.1, Math.cos((latitude * Math.PI) / 180)) };
}

/** The view after its middle moved by units to the right and down. It ends at the poles and goes on at the date line. */
export function moved<V extends View>(view: V, right: number, down: number): V {
  const { up, along } = scaleOf(view);
  return {
    ...view,
    latitude: clamp(view.latitude - down / up, -90, 90),
    longitude: wrapLongitude(view.longitude + right / along),
  };
}

/** The same middle, `factor` times as large. */
export const zoomed = <V extends View>(view: V, factor: number): V => ({
  ...view,
  span: clamp(view.span / factor, spans.least, spans.most),
});

/** Where a place is drawn, in units from the upper left corner; null when it is out of the picture. */
export function pointIn(view: View, latitude: number, longitude: number): { x: number; y: number } | null {
  const { up, along } = scaleOf(view);
  const x = view.width / 2 + wrapLongitude(longitude - view.longitude) * along;
  const y = view.height / 2 - (latitude - view.latitude) * up;
  return x >= 0 && x <= view.width && y >= 0 && y <= view.height ? { x, y } : null;
}

/** 1, 2 or 5 times a power of ten: the largest that is not above `most`. */
function roundBelow(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const digit = most / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/** A round distance of at most a quarter of the width, and how many units it is long in the middle of the map. */
export function scaleBar(view: View): { metres: number; units: number } {
  const unitsPerMetre = scaleOf(view).up / metresPerDegree;
  const metres = roundBelow(view.width / 4 / unitsPerMetre);
  return { metres, units: metres * unitsPerMetre };
}

/** Meridians and parallels at round degrees, as an SVG path: what moves when there is no coast in sight. */
export function gridPath(view: View): string {
  const { up, along } = scaleOf(view);
  const step = roundBelow(view.span / 3);
  const parts: string[] = [];
  const across = view.width / 2 / along;
  const wide = Math.max(step, roundBelow(across));
  for (let at = Math.ceil((view.longitude - across) / wide); at * wide <= view.longitude + across; at += 1) {
    parts.push(`M${(view.width / 2 + (at * wide - view.longitude) * along).toFixed(1)} 0V${view.height}`);
  }
  for (
    let at = Math.ceil((view.latitude - view.span / 2) / step);
    at * step <= view.latitude + view.span / 2;
    at += 1
  ) {
    parts.push(`M0 ${(view.height / 2 - (at * step - view.latitude) * up).toFixed(1)}H${view.width}`);
  }
  return parts.join("");
}

/** Metres between two places, on a sphere: right within half a percent. */
export function metresBetween(
  one: { latitude: number; longitude: number },
  two: { latitude: number; longitude: number },
): number {
  const radians = Math.PI / 180;
  const halfSine = (degrees: number) => Math.sin((degrees * radians) / 2) ** 2;
  const along = Math.cos(one.latitude * radians) * Math.cos(two.latitude * radians);
  const root = halfSine(two.latitude - one.latitude) + along * halfSine(wrapLongitude(two.longitude - one.longitude));
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(root)));
}
