/**
 * Drawing on a photo with a finger: a pen, an arrow, a circle, in three colours. Places are shares of the picture
 * (0 to 1 each way), so that what is drawn on a small screen lies in the same place on the big picture.
 */
export const TOOLS = ['pen', 'arrow', 'circle'] as const
export type Tool = (typeof TOOLS)[number]
export const COLOURS = ['red', 'yellow', 'white'] as const
export type Colour = (typeof COLOURS)[number]
export type Point = readonly [x: number, y: number]

export interface Mark {
  tool: Tool
  colour: Colour
  points: Point[]
}

/** Colours lie on photos and not on the app's surfaces; a dark edge keeps them apart from what is below. */
export const PAINTS: Record<Colour, string> = { red: '#ff3b30', yellow: '#ffd60a', white: '#ffffff' }
const EDGE = 'rgb(0 0 0 / 55%)'
/** Width of a line, as a share of the shorter side. */
const LINE = 0.009
const HEAD = 5.5
/** What is shorter than this, as a share of a side, was a slip of the finger. */
const SLIP = 0.012

const between = (value: number): number => Math.min(1, Math.max(0, value))

/** Where a finger is, as shares of the box that shows the picture; outside is held at the edge. */
export const placeIn = (box: { left: number; top: number; width: number; height: number }, x: number, y: number): Point => [
  between((x - box.left) / box.width),
  between((y - box.top) / box.height),
]

/** The mark with the finger moved on: a pen leaves its whole way, the others only have a beginning and an end. */
export function moved(mark: Mark, to: Point): Mark {
  const points = mark.tool === 'pen' ? [...mark.points, to] : [mark.points[0] ?? to, to]
  return { ...mark, points }
}

/** Whether something can be seen of it. */
export function isDrawn({ points }: Mark): boolean {
  const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])]
  return points.length > 1 && Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) >= SLIP
}

/** The two ends of an arrow's head, in pixels. */
export function arrowHead(from: Point, to: Point, length: number): [Point, Point] {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const end = (turn: number): Point => [to[0] - length * Math.cos(angle + turn), to[1] - length * Math.sin(angle + turn)]
  return [end(Math.PI / 7), end(-Math.PI / 7)]
}

type Pen = Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'ellipse' | 'stroke' | 'lineWidth' | 'lineCap' | 'lineJoin' | 'strokeStyle'>

/** Draws a mark on a picture of that size. */
export function paint(pen: Pen, mark: Mark, width: number, height: number): void {
  const line = Math.max(2, Math.min(width, height) * LINE)
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  trace(pen, mark, width, height, line)
  pen.strokeStyle = EDGE
  pen.lineWidth = line * 1.7
  pen.stroke()
  pen.strokeStyle = PAINTS[mark.colour]
  pen.lineWidth = line
  pen.stroke()
}

function trace(pen: Pen, mark: Mark, width: number, height: number, line: number): void {
  const points = mark.points.map(([x, y]): Point => [x * width, y * height])
  const from: Point = points[0] ?? [0, 0]
  const to: Point = points.at(-1) ?? from
  pen.beginPath()
  if (mark.tool === 'circle') {
    pen.ellipse((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, Math.abs(to[0] - from[0]) / 2, Math.abs(to[1] - from[1]) / 2, 0, 0, 2 * Math.PI)
    return
  }
  pen.moveTo(from[0], from[1])
  for (const [x, y] of points.slice(1)) pen.lineTo(x, y)
  if (mark.tool !== 'arrow') return
  for (const end of arrowHead(from, to, line * HEAD)) {
    pen.moveTo(to[0], to[1])
    pen.lineTo(end[0], end[1])
  }
}
