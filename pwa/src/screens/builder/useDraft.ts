/** The draft of one checklist: opened, its history, kept and sent, and what to do when somebody else wrote too. */
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { checklist as askChecklist } from '@/api/endpoints'
import { ApiProblem } from '@/api/problems'
import type { ChecklistDetail } from '@/api/types'
import { useSync } from '@/app/stores/sync'
import type { ChecklistDoc, ChecklistDraft } from '@/db/schema'
import { docOf, forgetDraft, isOwn, keepDraft, openDraft, publishedKeys, sendDraft } from './draftStore'
import { placed, type PlacedFault } from './faults'
import { begin, commit, redo, seal, undo, type History } from './history'
import { keyMaker, keysOf } from './keys'
import { makeSaver, type SaveState } from './saver'

export function useDraft(id: Ref<string>, userId: () => string) {
  const sync = useSync()
  const draft = shallowRef<ChecklistDraft | null>(null)
  const history = shallowRef<History<ChecklistDoc> | null>(null)
  const faults = shallowRef<PlacedFault[]>([])
  const published = shallowRef<ReadonlySet<string>>(new Set())
  const theirs = shallowRef<ChecklistDetail | null>(null)
  const state = ref<SaveState>('saved')
  const problem = shallowRef<unknown>(null)
  /** Why nothing could be opened. */
  const failure = shallowRef<unknown>(null)
  const doc = computed(() => history.value?.present ?? null)
  const used = new Set<string>()

  const saver = makeSaver<ChecklistDoc, ChecklistDetail>({
    async keep(latest, dirty) {
      const now = draft.value
      if (!now) return
      now.doc = latest
      now.dirty = dirty
      await keepDraft(now)
    },
    send: (latest) => sendDraft(draft.value!, latest),
    received: (detail, sent) => took(detail, sent),
    state(next, error) {
      state.value = next
      problem.value = error
      if (next === 'conflict') void askTheirs()
    },
  })

  function took(detail: ChecklistDetail, sent: ChecklistDoc): void {
    const now = draft.value
    if (!now) return
    now.revision = detail.draft_revision
    now.published_version = detail.published_version
    now.faults = detail.faults
    faults.value = placed(detail.faults, sent.content)
  }

  async function open(): Promise<void> {
    saver.stop()
    draft.value = history.value = failure.value = theirs.value = null
    const asked = id.value
    try {
      const opened = await openDraft(asked, userId())
      if (asked !== id.value) return
      draft.value = opened.draft
      history.value = begin(opened.draft.doc)
      keysOf(opened.draft.doc.content).forEach((key) => used.add(key))
      faults.value = placed(opened.draft.faults, opened.draft.doc.content)
      know(opened.draft.published_keys)
      state.value = opened.offline ? 'offline' : 'saved'
      if (opened.theirs) {
        theirs.value = opened.theirs
        state.value = 'conflict'
      } else if (opened.draft.dirty) saver.changed(opened.draft.doc)
      if (!opened.offline) void lookAtVersions(asked)
    } catch (error) {
      if (asked === id.value) failure.value = error
    }
  }

  function know(keys: readonly string[]): void {
    published.value = new Set(keys)
    keys.forEach((key) => used.add(key))
  }

  /** Learns which keys were ever published; until then they are only those known here, and those of the draft are kept as they are. */
  async function lookAtVersions(asked: string): Promise<void> {
    try {
      const detail = await askChecklist(asked)
      const now = draft.value
      if (!now || asked !== id.value || detail.published_version === null) return
      const keys = await publishedKeys(detail, new Set(now.published_keys), now.published_keys.length ? (now.published_version ?? 0) : 0)
      if (asked !== id.value) return
      now.published_keys = keys
      know(keys)
      await keepDraft(now)
    } catch (error) {
      // Without the network the keys already known do; anything else is a fault of ours.
      if (!(error instanceof ApiProblem) && !(error instanceof Error && error.name === 'NetworkError')) throw error
    }
  }

  function put(next: ChecklistDoc, where: string, group: string | null = null): void {
    if (!history.value) return
    const after = commit(history.value, next, where, group)
    if (after === history.value) return
    history.value = after
    keysOf(next.content).forEach((key) => used.add(key))
    saver.changed(next)
  }

  function turn(step: { history: History<ChecklistDoc>; where: string } | null): string | null {
    if (!step) return null
    history.value = step.history
    saver.changed(step.history.present)
    return step.where
  }

  async function askTheirs(): Promise<void> {
    try {
      const detail = await askChecklist(id.value)
      const now = draft.value
      if (now && (await isOwn(now, await docOf(detail)))) {
        now.revision = detail.draft_revision
        return saver.resume()
      }
      theirs.value = detail
    } catch (error) {
      problem.value = error
    }
  }

  /** Ends a conflict. What gives way can be had back: by undo, and from the disk until the next publication. */
  async function choose(side: 'mine' | 'theirs'): Promise<void> {
    const now = draft.value
    const other = theirs.value
    const mine = doc.value
    if (!now || !other || !mine || !history.value) return
    const their = await docOf(other)
    now.set_aside = { doc: side === 'mine' ? their : mine, at: new Date().toISOString() }
    now.revision = other.draft_revision
    history.value = commit(seal(history.value), their, 'about')
    if (side === 'mine') history.value = commit(history.value, { ...mine }, 'about')
    theirs.value = null
    saver.changed(history.value.present)
    saver.resume()
  }

  /** Brings back what gave way in a conflict, as one step. */
  function bringBack(): void {
    const aside = draft.value?.set_aside
    if (aside) put({ ...aside.doc }, 'about')
  }

  async function forget(): Promise<void> {
    saver.stop()
    if (draft.value) await forgetDraft(draft.value)
  }

  watch(id, open, { immediate: true })
  watch(() => sync.online, (online) => online && (failure.value ? void open() : saver.resume()))
  const resume = (): void => saver.resume()
  const hide = (): void => void (document.visibilityState === 'hidden' && saver.flush())
  document.addEventListener('visibilitychange', hide)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', hide)
    void saver.flush().finally(() => saver.stop())
  })

  return {
    draft, doc, history, faults, published, theirs, state, problem, failure,
    makeKey: keyMaker(used), open, put, askTheirs, choose, bringBack, resume,
    flush: saver.flush,
    forget,
    seal: () => void (history.value && (history.value = seal(history.value))),
    undo: () => turn(history.value && undo(history.value)),
    redo: () => turn(history.value && redo(history.value)),
  }
}
