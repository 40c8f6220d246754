/** Shrinking and hashing a photo; runs in a worker where there is one. */
import { hex, sha256 } from './hash'

export interface Shrunk {
  sha256: string
  bytes: ArrayBuffer
  type: string
  width: number
  height: number
}

export const LONG_EDGE = 1920
const QUALITY = 0.8

/** The picture upright, its longer side at most 1,920 pixels, as JPEG. Throws when it is no picture. */
export async function shrink(file: Blob): Promise<Shrunk> {
  const { width, height } = await sizeOf(file)
  const image = await resized(file, width, height)
  const canvas = new OffscreenCanvas(image.width, image.height)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no-canvas')
  pen.drawImage(image, 0, 0)
  const size = { width: image.width, height: image.height }
  image.close()
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
  if (blob.type !== 'image/jpeg') throw new Error('no-jpeg')
  const bytes = await blob.arrayBuffer()
  return { sha256: hex(await sha256(bytes)), bytes, type: 'image/jpeg', ...size }
}

async function sizeOf(file: Blob): Promise<{ width: number; height: number }> {
  const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const size = { width: image.width, height: image.height }
  image.close()
  return size
}

/** Resized while decoding: a full-size canvas of a big photo turns black on some phones. */
function resized(file: Blob, width: number, height: number): Promise<ImageBitmap> {
  const options: ImageBitmapOptions = { imageOrientation: 'from-image', resizeQuality: 'high' }
  if (Math.max(width, height) > LONG_EDGE) {
    if (width >= height) options.resizeWidth = LONG_EDGE
    else options.resizeHeight = LONG_EDGE
  }
  return createImageBitmap(file, options)
}
