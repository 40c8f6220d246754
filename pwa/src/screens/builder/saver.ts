/**
 * Keeps a draft: on this device at once, on the server a moment after the last change, one at a time.
 *
 * Without a network it stays here and is sent later. When somebody else has saved meanwhile, nothing is sent until
 * a person has chosen; when the server refuses, it stays here too, with its reason.
 */
import { ApiProblem, classify } from '@/api/problems'

export type SaveState = 'saved' | 'local' | 'saving' | 'offline' | 'conflict' | 'signIn' | 'refused'

export interface SaverParts<Doc, Receipt> {
  /** Writes to the disk of this device; `dirty` while the server has not got it. */
  keep(doc: Doc, dirty: boolean): Promise<void>
  /** Sends to the server, from the revision that it was made from. */
  send(doc: Doc): Promise<Receipt>
  /** The server has it. */
  received(receipt: Receipt, doc: Doc): void
  state(state: SaveState, problem: unknown): void
}

export const QUIET_MS = 1_000
const FIRST_WAIT_MS = 4_000
const LONGEST_WAIT_MS = 60_000

export interface Saver<Doc> {
  /** The draft is this now. */
  changed(doc: Doc): void
  /** Sends what is unsent without waiting; done when it is on the server or stuck. True when it is there. */
  flush(): Promise<boolean>
  /** A person has chosen in a conflict, or the network is back: go on. */
  resume(): void
  stop(): void
}

const isConflict = (error: unknown): boolean => error instanceof ApiProblem && error.status === 409

function stuck(error: unknown): SaveState {
  if (isConflict(error)) return 'conflict'
  const verdict = classify(error)
  return verdict === 'pause' ? 'signIn' : verdict === 'keep' ? 'refused' : 'offline'
}

export function makeSaver<Doc, Receipt>(parts: SaverParts<Doc, Receipt>): Saver<Doc> {
  let doc: Doc | null = null
  let unsent = false
  /** What keeps it from being sent: a choice that a person must make, or a refusal that only a change can mend. */
  let held: 'choice' | 'change' | null = null
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let sending: Promise<void> | null = null
  let writing: Promise<void> | null = null
  let unwritten = false

  function write(): Promise<void> {
    unwritten = true
    writing ??= (async () => {
      while (unwritten && doc !== null) {
        unwritten = false
        await parts.keep(doc, unsent)
      }
    })().finally(() => (writing = null))
    return writing
  }

  function later(wait: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void flush(), wait)
  }

  async function send(): Promise<void> {
    const sent = doc
    if (sent === null || !unsent || held) return
    parts.state('saving', null)
    try {
      const receipt = await parts.send(sent)
      failures = 0
      unsent = doc !== sent
      parts.received(receipt, sent)
      await write()
      parts.state(unsent ? 'local' : 'saved', null)
    } catch (error) {
      const state = stuck(error)
      held = state === 'offline' ? null : state === 'refused' ? 'change' : 'choice'
      parts.state(state, error)
      if (state === 'offline') later(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++))
    }
  }

  async function flush(): Promise<boolean> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    while (sending) await sending
    sending = send().finally(() => (sending = null))
    await sending
    // What was changed while it was on its way goes after it.
    if (unsent && !held && timer === null) later(QUIET_MS)
    return !unsent
  }

  return {
    changed(next) {
      doc = next
      unsent = true
      if (held === 'change') held = null
      write().then(
        () => unsent && !sending && !held && failures === 0 && parts.state('local', null),
        (error: unknown) => parts.state('refused', error),
      )
      if (!sending && !held) later(QUIET_MS)
    },
    flush,
    resume() {
      held = null
      failures = 0
      if (unsent) later(0)
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
