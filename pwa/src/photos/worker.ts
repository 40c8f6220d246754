/// <reference lib="webworker" />
/** One photo at a time: in goes a file, out come its shrunk bytes and their hash. */
import { shrink } from './process'

self.addEventListener('message', async (event: MessageEvent<{ id: number; file: Blob }>) => {
  const { id, file } = event.data
  try {
    const done = await shrink(file)
    self.postMessage({ id, done }, { transfer: [done.bytes] })
  } catch (error) {
    self.postMessage({ id, failed: error instanceof Error ? error.message : 'failed' })
  }
})
