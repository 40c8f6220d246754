/** Looking closer at a picture: how far, and where. Places are pixels from the middle of the stage. */

export interface View {
  scale: number
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 }
export const CLOSEST = 6
/** How close two taps bring. */
export const CLOSE = 2.5

/** The size at which all of a picture can be seen in the stage; a small one is not blown up. */
export function fitted(picture: Size, stage: Size): Size {
  const factor = Math.min(1, stage.width / picture.width, stage.height / picture.height) || 0
  return { width: picture.width * factor, height: picture.height * factor }
}

/** The view with no empty edge where there is picture left to show. */
export function held(view: View, shown: Size, stage: Size): View {
  const scale = Math.min(CLOSEST, Math.max(1, view.scale))
  const room = (size: number, box: number): number => Math.max(0, (size * scale - box) / 2)
  const within = (value: number, most: number): number => Math.min(most, Math.max(-most, value)) || 0
  return { scale, x: within(view.x, room(shown.width, stage.width)), y: within(view.y, room(shown.height, stage.height)) }
}

/** Closer or farther by a factor; what lies at the point stays there. */
export function zoomedAt(view: View, factor: number, point: { x: number; y: number }): View {
  const scale = Math.min(CLOSEST, Math.max(1, view.scale * factor))
  const by = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }
}

/** Whether a finger that went so far meant the next picture (1), the one before (-1), or nothing. */
export function swiped(dx: number, dy: number): -1 | 0 | 1 {
  if (Math.abs(dx) < 48 || Math.abs(dx) < Math.abs(dy) * 1.5) return 0
  return dx < 0 ? 1 : -1
}
