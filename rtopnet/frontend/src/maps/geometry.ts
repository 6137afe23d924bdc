/** Plane geometry on longitudes and latitudes; good enough for placing labels, not for measuring. */

type Ring = readonly GeoJSON.Position[];

/** Bounding box [west, south, east, north] of everything in the collection, in degrees. */
export function boundsOf(collection: GeoJSON.FeatureCollection): [number, number, number, number] {
  const points = collection.features.flatMap((feature) => outerRings(feature.geometry).flat());
  const longitudes = points.map((point) => point[0] ?? 0);
  const latitudes = points.map((point) => point[1] ?? 0);
  const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), 180);
  const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -180);
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)];
}

/** Where a state's name goes: its own point if the boundaries name one, else the middle of its largest part. */
export function labelPoint(feature: GeoJSON.Feature): [number, number] {
  const rings = outerRings(feature.geometry);
  const largest = rings.reduce<Ring>((a, b) => (Math.abs(area(b)) > Math.abs(area(a)) ? b : a), []);
  return centroid(largest);
}

/** How much room a state takes on the map, for placing the labels of larger ones first; square degrees. */
export function roomOf(feature: GeoJSON.Feature): number {
  return outerRings(feature.geometry).reduce((sum, ring) => sum + Math.abs(area(ring)), 0);
}

/** Whether a state is so small that its label would hide it on a map that spans `span` degrees. */
export function isTiny(feature: GeoJSON.Feature, span: number): boolean {
  const [west, south, east, north] = boundsOf({ type: "FeatureCollection", features: [feature] });
  return Math.max(east - west, north - south) < span / 30;
}

function outerRings(geometry: GeoJSON.Geometry): Ring[] {
  if (geometry.type === "Polygon") return geometry.coordinates.slice(0, 1);
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flatMap((polygon) => polygon.slice(0, 1));
  return [];
}

function edges(ring: Ring): { x: number; y: number; nextX: number; nextY: number; cross: number }[] {
  return ring.slice(1).map((next, index) => {
    const [x = 0, y = 0] = ring[index] ?? [];
    const [nextX = 0, nextY = 0] = next;
    return { x, y, nextX, nextY, cross: x * nextY - nextX * y };
  });
}

function area(ring: Ring): number {
  return edges(ring).reduce((sum, { cross }) => sum + cross / 2, 0);
}

/** Centroid of a simple polygon by the shoelace formula. */
function centroid(ring: Ring): [number, number] {
  const size = 6 * area(ring);
  if (size === 0) return [ring[0]?.[0] ?? 0, ring[0]?.[1] ?? 0];
  const x = edges(ring).reduce((sum, edge) => sum + (edge.x + edge.nextX) * edge.cross, 0);
  const y = edges(ring).reduce((sum, edge) => sum + (edge.y + edge.nextY) * edge.cross, 0);
  return [x / size, y / size];
}
