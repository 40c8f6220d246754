/**
 * Is a photo good enough to prove something? Looked at on a small grey copy, right after it was taken.
 *
 * Blurred: no part of the picture has sharp edges. The sharpest part counts, because a label before a plain
 * wall is sharp enough; a picture without any contrast (a bare wall) is not called blurred.
 * Dark and bright: hardly anything can be seen because there was too little or too much light.
 * It is a hint and never a refusal: the person there may know better.
 */
export type QualityFault = 'dark' | 'bright' | 'blurred'

export interface Quality {
  /** The worst first; none when the photo is good. */
  faults: QualityFault[]
  /** How sharp the sharpest part is: the variance of the Laplacian. */
  sharpness: number
  /** Mean brightness, 0 to 255. */
  brightness: number
}

/** The longer side of the grey copy, in pixels. */
export const GREY_EDGE = 640
/** The picture is looked at in this many parts each way. */
const TILES = 4
/** Below this the sharpest part is blurred. */
export const SHARP_LEAST = 60
/** With less spread of brightness than this (standard deviation) there is nothing that could be sharp. */
export const CONTRAST_LEAST = 12
/** Dark: the mean is below this, and so are nearly all pixels below `DARK_TOP`. */
export const DARK_MEAN = 38
export const DARK_TOP = 90
const NEARLY_ALL = 0.95
/** Too bright: this share of all pixels is burnt out. */
export const BURNT = 250
export const BURNT_SHARE = 0.5

/** Brightness of each pixel, 0 to 255, from red, green, blue and alpha. */
export function greyOf(rgba: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(rgba.length / 4)
  for (let i = 0, at = 0; i < grey.length; i += 1, at += 4) {
    grey[i] = (rgba[at]! * 77 + rgba[at + 1]! * 151 + rgba[at + 2]! * 28) >> 8
  }
  return grey
}

/** How many pixels have each brightness. */
export function histogramOf(grey: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (const value of grey) counts[value]! += 1
  return counts
}

/** The variance of the Laplacian in a rectangle that keeps one pixel away from the edge. */
function laplacianVariance(grey: Uint8Array, width: number, box: { left: number; top: number; right: number; bottom: number }): number {
  let sum = 0
  let squares = 0
  for (let y = box.top; y < box.bottom; y += 1) {
    for (let x = box.left; x < box.right; x += 1) {
      const at = y * width + x
      const bend = grey[at - width]! + grey[at + width]! + grey[at - 1]! + grey[at + 1]! - 4 * grey[at]!
      sum += bend
      squares += bend * bend
    }
  }
  const pixels = (box.right - box.left) * (box.bottom - box.top)
  return pixels ? squares / pixels - (sum / pixels) ** 2 : 0
}

/** How sharp the sharpest part of a grey picture is. */
export function sharpnessOf(grey: Uint8Array, width: number, height: number): number {
  const columns = Array.from({ length: TILES + 1 }, (_, i) => 1 + Math.floor(((width - 2) * i) / TILES))
  const rows = Array.from({ length: TILES + 1 }, (_, i) => 1 + Math.floor(((height - 2) * i) / TILES))
  let best = 0
  for (let row = 0; row < TILES; row += 1) {
    for (let column = 0; column < TILES; column += 1) {
      const box = { left: columns[column]!, right: columns[column + 1]!, top: rows[row]!, bottom: rows[row + 1]! }
      best = Math.max(best, laplacianVariance(grey, width, box))
    }
  }
  return best
}

/** The verdict on a picture of that size, given as red, green, blue and alpha. */
export function judgeQuality(rgba: Uint8ClampedArray, width: number, height: number): Quality {
  const grey = greyOf(rgba)
  const counts = histogramOf(grey)
  const share = (from: number, to: number): number => counts.subarray(from, to).reduce((sum, n) => sum + n, 0) / (grey.length || 1)
  const mean = counts.reduce((sum, n, value) => sum + n * value, 0) / (grey.length || 1)
  const spread = Math.sqrt(counts.reduce((sum, n, value) => sum + n * (value - mean) ** 2, 0) / (grey.length || 1))
  const sharpness = width > 2 && height > 2 ? sharpnessOf(grey, width, height) : 0
  const faults: QualityFault[] = []
  if (mean < DARK_MEAN && share(0, DARK_TOP) >= NEARLY_ALL) faults.push('dark')
  if (share(BURNT, 256) >= BURNT_SHARE) faults.push('bright')
  if (spread >= CONTRAST_LEAST && sharpness < SHARP_LEAST) faults.push('blurred')
  return { faults, sharpness: Math.round(sharpness), brightness: Math.round(mean) }
}
