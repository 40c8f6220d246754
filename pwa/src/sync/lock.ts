/** One sync at a time over all tabs. */

const running = new Set<string>()

/** Runs the work unless it is running somewhere already; gives whether it ran. */
export async function alone(name: string, work: () => Promise<void>): Promise<boolean> {
  if (running.has(name)) return false
  running.add(name)
  try {
    if (!navigator.locks) {
      await work()
      return true
    }
    return await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) return false
      await work()
      return true
    })
  } finally {
    running.delete(name)
  }
}
