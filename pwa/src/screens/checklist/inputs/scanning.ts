/** Reading a code from the camera with what the browser brings; where it brings nothing, people type. */

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
type DetectorMaker = new () => Detector

const maker = (): DetectorMaker | undefined => (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector

export const canScan = (): boolean => maker() !== undefined && navigator.mediaDevices?.getUserMedia !== undefined

const PAUSE_MS = 120

/** Opens the camera behind the phone in `video` and gives the first code it sees; `stopped` ends it with null. */
export async function scan(video: HTMLVideoElement, stopped: AbortSignal): Promise<string | null> {
  const Maker = maker()
  if (!Maker) return null
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  try {
    video.srcObject = stream
    await video.play()
    return await firstCode(new Maker(), video, stopped)
  } finally {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}

async function firstCode(detector: Detector, video: HTMLVideoElement, stopped: AbortSignal): Promise<string | null> {
  while (!stopped.aborted) {
    const found = (await detector.detect(video)).find((one) => one.rawValue.trim() !== '')
    if (found) return found.rawValue.trim()
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return null
}
