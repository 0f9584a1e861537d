import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

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

/** What is drawn: `width` × `height` units around a place, `span` degrees of latitude from top to bottom. */
export type View = { latitude: number; longitude: number; span: number; width: number; height: number };

/** The land as an SVG path. Longitudes shrink with the latitude in the middle, so that shapes keep their look. */
export function pathOf(rings: readonly Ring[], view: View): string {
  const scale = view.height / view.span;
  const stretch = scale * Math.max(0.1, Math.cos((view.latitude * Math.PI) / 180));
  const halfLongitude = view.width / 2 / stretch;
  const parts: string[] = [];
  for (const ring of rings) {
    if (ring.south > view.latitude + view.span / 2 || ring.north < view.latitude - view.span / 2) continue;
    // The world goes on behind its edges.
    for (const turn of [-360, 0, 360]) {
      const from = view.longitude - turn;
      if (ring.west > from + halfLongitude || ring.east < from - halfLongitude) continue;
      const line = ring.points.map(([longitude, latitude]) => {
        const x = view.width / 2 + (longitude - from) * stretch;
        const y = view.height / 2 - (latitude - view.latitude) * scale;
        return `${x.toFixed(1)} ${y.toFixed(1)}`;
      });
      parts.push(`M${line.join("L")}Z`);
    }
  }
  return parts.join("");
}
