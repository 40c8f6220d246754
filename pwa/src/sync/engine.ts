/** When to sync: at the start, when the page is seen again, when the network is back, after each deed, each minute. */
import { keepReferences } from '@/photos/references'
import { alone } from './lock'
import { pull } from './pull'
import { hurry, nextDue, push } from './push'
import { tidy } from './tidy'

export interface SyncHost {
  userId(): string | null
  /** Called around each run and with its end. */
  began(): void
  ended(error: unknown): Promise<void>
  pulled(rows: number): void
}

const EVERY_MS = 60_000

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
    await alone('rounds-sync', async () => {
      while (this.again) {
        this.again = false
        await this.run(userId)
      }
    })
  }

  private async run(userId: string): Promise<void> {
    this.host.began()
    let failure: unknown = null
    try {
      await push(userId)
      await pull((rows) => this.host.pulled(rows))
      await push(userId)
      await tidy()
    } catch (error) {
      failure = error
    }
    await this.host.ended(failure)
    // Pictures may take their time, and a run does not fail for want of one.
    if (failure === null) void keepReferences().catch(() => undefined)
    await this.comeBack(userId)
  }

  /** What failed is tried again when its turn comes, not only at the next minute. */
  private async comeBack(userId: string): Promise<void> {
    if (this.soon) clearTimeout(this.soon)
    const wait = await nextDue(userId)
    if (wait !== null && wait < EVERY_MS) this.soon = setTimeout(() => void this.now(false), Math.max(wait, 500))
  }

  /** Listens for the moments to sync. */
  start(): void {
    if (this.timer) return
    const soon = (): void => void this.now()
    window.addEventListener('online', soon)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') soon()
    })
    this.timer = setInterval(() => void this.now(false), EVERY_MS)
    soon()
  }
}
