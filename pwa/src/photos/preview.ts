/** A small copy of a photo, for whoever waits for the photo itself. */
import { within } from './process'

const EDGE = 320
const QUALITY = 0.6
/** About what one comes to; said to people, and not promised. */
export const PREVIEW_BYTES = 15_000

/** A JPEG of at most 320 pixels. Throws when the phone cannot read the picture. */
export async function previewOf(photo: { bytes: ArrayBuffer; type: string; width: number; height: number }): Promise<ArrayBuffer> {
  const { width, height } = within(photo.width, photo.height, EDGE)
  const image = await createImageBitmap(new Blob([photo.bytes], { type: photo.type }), { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' })
  const canvas = typeof OffscreenCanvas === 'undefined' ? Object.assign(document.createElement('canvas'), { width, height }) : new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (!pen) throw new Error('no-canvas')
  pen.drawImage(image, 0, 0)
  image.close()
  return (await jpegOf(canvas)).arrayBuffer()
}

async function jpegOf(canvas: OffscreenCanvas | HTMLCanvasElement): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!blob) throw new Error('no-jpeg')
  return blob
}
