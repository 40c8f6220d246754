/** Shrinking, judging and hashing a photo; runs in a worker where there is one. */
import { hex, sha256 } from './hash'
import { GREY_EDGE, judgeQuality, type Quality } from './quality'

export interface Shrunk {
  sha256: string
  bytes: ArrayBuffer
  type: string
  width: number
  height: number
  /** Null or missing where nobody asked: of a drawing or a signature. */
  quality?: Quality | null
}

/** A file, or a frame that was caught from the camera. */
export type Picture = Blob | ImageBitmap

export const LONG_EDGE = 1920
export const QUALITY = 0.8
/** What a photo should come to, and from where on it is made smaller once more. */
export const WANTED_BYTES = 300_000
export const MOST_BYTES = 400_000
const LEAST_QUALITY = 0.5

type Canvas = OffscreenCanvas | HTMLCanvasElement
type Pen = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D

/** The size with its longer side at most `edge`; a smaller picture stays as it is. */
export function within(width: number, height: number, edge: number): { width: number; height: number } {
  const factor = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/** The JPEG quality for a second try, or null when the first is small enough. */
export function secondQuality(bytes: number): number | null {
  if (bytes <= MOST_BYTES) return null
  return Math.max(LEAST_QUALITY, Math.round(QUALITY * Math.sqrt(WANTED_BYTES / bytes) * 100) / 100)
}

/** The picture upright, its longer side at most 1,920 pixels, as JPEG. Throws when it is no picture. */
export async function shrink(picture: Picture, judged = true): Promise<Shrunk> {
  const image = picture instanceof Blob ? await decoded(picture) : picture
  const size = within(image.width, image.height, LONG_EDGE)
  const { canvas, pen } = canvasOf(size.width, size.height)
  // Under what is see-through lies paper; JPEG would make it black.
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, size.width, size.height)
  pen.drawImage(image, 0, 0, size.width, size.height)
  image.close()
  const quality = judged ? looked(canvas, size) : null
  const bytes = await smallJpeg(canvas)
  return { sha256: hex(await sha256(bytes)), bytes, type: 'image/jpeg', ...size, quality }
}

/** Resized while decoding: a full-size canvas of a big photo turns black on some phones. */
async function decoded(file: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const { width, height } = whole
  whole.close()
  const options: ImageBitmapOptions = { imageOrientation: 'from-image', resizeQuality: 'high' }
  if (Math.max(width, height) > LONG_EDGE) {
    if (width >= height) options.resizeWidth = LONG_EDGE
    else options.resizeHeight = LONG_EDGE
  }
  return createImageBitmap(file, options)
}

function canvasOf(width: number, height: number): { canvas: Canvas; pen: Pen } {
  const canvas = typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(width, height)
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d') as Pen | null
  if (!pen) throw new Error('no-canvas')
  pen.imageSmoothingQuality = 'high'
  return { canvas, pen }
}

function looked(whole: Canvas, size: { width: number; height: number }): Quality {
  const { width, height } = within(size.width, size.height, GREY_EDGE)
  const { pen } = canvasOf(width, height)
  pen.drawImage(whole, 0, 0, width, height)
  return judgeQuality(pen.getImageData(0, 0, width, height).data, width, height)
}

async function smallJpeg(canvas: Canvas): Promise<ArrayBuffer> {
  const first = await encoded(canvas, QUALITY)
  const again = secondQuality(first.size)
  return (again === null ? first : await encoded(canvas, again)).arrayBuffer()
}

async function encoded(canvas: Canvas, quality: number): Promise<Blob> {
  const blob =
    'convertToBlob' in canvas
      ? await canvas.convertToBlob({ type: 'image/jpeg', quality })
      : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  if (blob?.type !== 'image/jpeg') throw new Error('no-jpeg')
  return blob
}
