/// <reference lib="webworker" />
/** One photo at a time: in goes a picture, out come its shrunk bytes, their hash and whether it is good enough. */
import { shrink, type Picture } from './process'

self.addEventListener('message', async (event: MessageEvent<{ id: number; picture: Picture; judged: boolean }>) => {
  const { id, picture, judged } = event.data
  try {
    const done = await shrink(picture, judged)
    self.postMessage({ id, done }, { transfer: [done.bytes] })
  } catch (error) {
    self.postMessage({ id, failed: error instanceof Error ? error.message : 'failed' })
  }
})
