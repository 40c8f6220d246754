/** One sync at a time over all tabs. */

const running = new Set<string>()

/** Runs the work unless it is running somewhere already, or when `inTurn` after it; gives whether it ran. */
export async function alone(name: string, work: () => Promise<void>, inTurn = false): Promise<boolean> {
  if (running.has(name)) return false
  running.add(name)
  try {
    if (!navigator.locks) {
      await work()
      return true
    }
    return await navigator.locks.request(name, inTurn ? {} : { ifAvailable: true }, async (lock) => {
      if (!lock) return false
      await work()
      return true
    })
  } finally {
    running.delete(name)
  }
}
