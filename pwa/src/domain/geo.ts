/**
 * How far apart two points are. Browsers tell WGS-84; points taken from Chinese maps are GCJ-02, several hundred
 * metres off, so they are turned into WGS-84 before anything is measured. The server measures the same way.
 */

const EARTH_M = 6_371_008.8
const A = 6_378_245
const EE = 0.00669342162296594323
const { sin, cos, sqrt, asin, abs, PI } = Math

/** A WGS-84 point. */
export interface Point {
  latitude: number
  longitude: number
}

const radians = (degrees: number): number => (degrees * PI) / 180

/** Metres between two points, as the crow flies. */
export function metresBetween(a: Point, b: Point): number {
  const [p1, p2] = [radians(a.latitude), radians(b.latitude)]
  const h = sin((p2 - p1) / 2) ** 2 + cos(p1) * cos(p2) * sin(radians(b.longitude - a.longitude) / 2) ** 2
  return 2 * EARTH_M * asin(Math.min(1, sqrt(h)))
}

/** The point of a store, or null when it is not known. */
export function pointOf(store: { latitude: number | null; longitude: number | null; coord_sys: string } | undefined): Point | null {
  if (!store || store.latitude === null || store.longitude === null) return null
  const given = { latitude: store.latitude, longitude: store.longitude }
  return store.coord_sys === 'GCJ-02' ? toWgs84(given) : given
}

/** The WGS-84 point of one that a Chinese map shows, good to about a centimetre. */
export function toWgs84(shown: Point): Point {
  if (!isInChina(shown)) return shown
  let found = shown
  for (let round = 0; round < 5; round += 1) {
    const shifted = toGcj02(found)
    found = { latitude: found.latitude + shown.latitude - shifted.latitude, longitude: found.longitude + shown.longitude - shifted.longitude }
  }
  return found
}

/** The shifted point that a Chinese map shows. */
export function toGcj02(point: Point): Point {
  if (!isInChina(point)) return point
  const [x, y] = [point.longitude - 105, point.latitude - 35]
  const rad = radians(point.latitude)
  const magic = 1 - EE * sin(rad) ** 2
  const root = sqrt(magic)
  const latitude = (latShift(x, y) * 180) / (((A * (1 - EE)) / (magic * root)) * PI)
  const longitude = (lonShift(x, y) * 180) / ((A / root) * cos(rad) * PI)
  return { latitude: point.latitude + latitude, longitude: point.longitude + longitude }
}

const isInChina = ({ latitude, longitude }: Point): boolean => longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271

function waves(value: number, ...terms: [size: number, period: number][]): number {
  return (terms.reduce((sum, [size, period]) => sum + size * sin((value / period) * PI), 0) * 2) / 3
}

const common = (x: number): number => ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3

function latShift(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
  return base + common(x) + waves(y, [20, 1], [40, 3]) + waves(y, [160, 12], [320, 30])
}

function lonShift(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
  return base + common(x) + waves(x, [20, 1], [40, 3]) + waves(x, [150, 12], [300, 30])
}
