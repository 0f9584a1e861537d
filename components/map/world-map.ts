import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { scaleOf, type View } from "#components/map/map-view.ts";

/** A closed line of [longitude, latitude], with the box around it. */
export type Ring = { points: [number, number][]; west: number; east: number; south: number; north: number };

let loading: Promise<Ring[]> | undefined;

/** The coasts of the world (Natural Earth, 1:50 million, public domain), fetched once when the first map is drawn. */
export function loadWorldMap(): Promise<Ring[]> {
  loading ??= import("world-atlas/land-50m.json").then(
    (file) => ringsOf(file.default as unknown as Topology<{ land: GeometryCollection }>), // the file's own format
    (error: unknown) => {
      loading = undefined; // the next map tries again
      throw error;
    },
  );
  return loading;
}

function ringsOf(topology: Topology<{ land: GeometryCollection }>): Ring[] {
  return feature(topology, topology.objects.land).features.flatMap(({ geometry }) => {
    if (geometry.type !== "MultiPolygon" && geometry.type !== "Polygon") return [];
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.flat().map((line) => {
      const points = line.map(([longitude = 0, latitude = 0]): [number, number] => [longitude, latitude]);
      const longitudes = points.map(([longitude]) => longitude);
      const latitudes = points.map(([, latitude]) => latitude);
      return {
        points,
        west: Math.min(...longitudes),
        east: Math.max(...longitudes),
        south: Math.min(...latitudes),
        north: Math.max(...latitudes),
      };
    });
  });
}

/** Where a point lies outside of the picture, one bit for each edge; 0 inside. */
const sidesOf = (x: number, y: number, { width, height }: View) =>
  (x < 0 ? 1 : 0) | (x > width ? 2 : 0) | (y < 0 ? 4 : 0) | (y > height ? 8 : 0);

/** Units; a detail that is smaller is not drawn. */
const finest = 0.7;

/**
 * One ring as it is drawn. A point beyond the same edge as both its neighbours changes nothing in the picture: without
 * those, a near view of a coast is a few hundred characters instead of the whole continent.
 */
function lineOf(ring: Ring, view: View, turn: number): string {
  const { up, along } = scaleOf(view);
  const from = view.longitude - turn;
  const drawn = ring.points.map(([longitude, latitude]) => {
    const x = view.width / 2 + (longitude - from) * along;
    const y = view.height / 2 - (latitude - view.latitude) * up;
    return { x, y, sides: sidesOf(x, y, view) };
  });
  let before = drawn[0];
  const kept = drawn.filter((point, at) => {
    const after = drawn[at + 1];
    if (before && after && at > 0) {
      const isOutside = (before.sides & point.sides & after.sides) !== 0;
      if (isOutside || Math.abs(point.x - before.x) + Math.abs(point.y - before.y) < finest) return false;
    }
    before = point;
    return true;
  });
  return `M${kept.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
}

/** The land in a view as an SVG path. */
export function pathOf(rings: readonly Ring[], view: View): string {
  const halfLongitude = view.width / 2 / scaleOf(view).along;
  const west = view.longitude - halfLongitude;
  const east = view.longitude + halfLongitude;
  const smallest = (finest * view.span) / view.height;
  const parts: string[] = [];
  for (const ring of rings) {
    if (ring.north - ring.south < smallest && ring.east - ring.west < smallest) continue;
    if (ring.south > view.latitude + view.span / 2 || ring.north < view.latitude - view.span / 2) continue;
    // The world goes on behind its edges.
    for (let turn = Math.ceil((west - ring.east) / 360) * 360; ring.west + turn <= east; turn += 360) {
      parts.push(lineOf(ring, view, turn));
    }
  }
  return parts.join("");
}
