/** When to sync: at the start, when the page is seen again, when the network is back, after each deed, each minute. */
import { keepReferences } from '@/photos/references'
import { room } from '@/photos/room'
import { alone } from './lock'
import { pull } from './pull'
import { hurry, nextDue, push, pushDocuments } from './push'
import { whenNetworkChanges } from './saver'
import { tidy } from './tidy'

export interface SyncHost {
  userId(): string | null
  /** Called around each run and with its end. */
  began(): void
  ended(error: unknown): Promise<void>
  pulled(rows: number): void
}

const EVERY_MS = 60_000
/** While something waits, the way is tried more often: the question for news is small. */
const PROBE_MS = 20_000

export class SyncEngine {
  private again = false
  private timer: ReturnType<typeof setInterval> | null = null
  private soon: ReturnType<typeof setTimeout> | null = null

  constructor(private readonly host: SyncHost) {}

  /** Syncs now; a call during a run makes one more run follow it. `eager`: do not wait for anybody's turn. */
  async now(eager = true): Promise<void> {
    const userId = this.host.userId()
    if (!userId) return
    if (eager) await hurry(userId)
    this.again = true
    const work = async (): Promise<void> => {
      while (this.again) {
        this.again = false
        await this.run(userId)
      }
    }
    const ran = await alone('rounds-sync', work)
    // Another tab is at it, and may have looked before this was there: a turn of its own follows.
    if (!ran && eager) void alone('rounds-sync', work, true)
  }

  private async run(userId: string): Promise<void> {
    if (this.host.userId() !== userId) return
    this.host.began()
    let failure: unknown = null
    try {
      await pushDocuments(userId)
      failure = await this.news(userId)
      await push(userId)
      await tidy(Date.now(), (await room()).tight)
    } catch (error) {
      failure = error
    }
    await this.host.ended(failure)
    // Pictures may take their time, and a run does not fail for want of one.
    if (failure === null) void keepReferences().catch(() => undefined)
    await this.comeBack(userId)
  }

  /** Asks for news; when there is an answer the way is open, and what waited for it goes. Gives what went wrong. */
  private async news(userId: string): Promise<unknown> {
    try {
      await pull(userId, (rows) => this.host.pulled(rows))
    } catch (error) {
      return error
    }
    await hurry(userId)
    return null
  }

  /** What failed is tried again when its turn comes, not only at the next minute. */
  private async comeBack(userId: string): Promise<void> {
    if (this.soon) clearTimeout(this.soon)
    const wait = await nextDue(userId)
    if (wait !== null) this.soon = setTimeout(() => void this.now(false), Math.min(Math.max(wait, 500), PROBE_MS))
  }

  /** Listens for the moments to sync. */
  start(): void {
    if (this.timer) return
    const soon = (): void => void this.now()
    window.addEventListener('online', soon)
    whenNetworkChanges(soon)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') soon()
    })
    this.timer = setInterval(() => void this.now(false), EVERY_MS)
    soon()
  }
}
