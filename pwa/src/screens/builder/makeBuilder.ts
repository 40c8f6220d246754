/** Builds what the parts of the builder share, from the draft and the address. */
import { computed, nextTick, onScopeDispose, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { useToast } from '@/composables/useToast'
import { processPhoto } from '@/photos'
import type { ChecklistDoc } from '@/db/schema'
import type { Content } from '@/domain/checklist'
import { SCORING } from './blanks'
import type { Builder } from './builder'
import { keepPicture } from './draftStore'
import { itemOf, patchItem, patchSection, sectionOf } from './edits'
import { faultsOf, nameOf, targetOf, type Target } from './faults'
import { focusField } from './focusField'
import type { useDraft } from './useDraft'
import { useFaultWords } from './useFaultWords'

const NOTHING: ChecklistDoc = { name: { zh: '', en: '' }, kind: '', content: { scoring: SCORING, sections: [] } }

export function makeBuilder(draft: ReturnType<typeof useDraft>, userId: () => string, wide: Ref<boolean>): Builder {
  const route = useRoute()
  const router = useRouter()
  const { t } = useI18n()
  const { words } = useFaultWords()
  const toast = useToast()
  const spoken = ref('')
  const doc = computed(() => draft.doc.value ?? NOTHING)
  const content = computed(() => doc.value.content)
  const asked = computed(() => targetOf(route.query.at))
  const isThere = (target: Target): boolean =>
    target.at === 'item' ? itemOf(content.value, target.key) !== null : target.at === 'section' ? sectionOf(content.value, target.key) !== null : true
  const target = computed<Target>(() => (asked.value && isThere(asked.value) ? asked.value : first(content.value)))

  function select(to: Target, field?: string): void {
    const query = { at: nameOf(to) }
    const isSame = nameOf(to) === route.query.at && route.query.tab === undefined
    const go = isSame ? Promise.resolve() : wide.value || (route.query.at && !route.query.tab) ? router.replace({ query }) : router.push({ query })
    void go.then(() => nextTick()).then(() => {
      const editor = document.querySelector<HTMLElement>('[data-editor]')
      if (field !== undefined && focusField(editor, field)) return
      if (!wide.value || field !== undefined) editor?.querySelector<HTMLElement>('[data-heading]')?.focus({ preventScroll: field === undefined })
    })
  }

  function put(next: ChecklistDoc, group?: string): void {
    draft.put(next, nameOf(target.value), group ?? null)
  }

  function edit(change: (content: Content) => Content, group?: string): void {
    const next = change(content.value)
    if (next !== content.value) put({ ...doc.value, content: next }, group)
  }

  const groupOf = (field: string | undefined): string | undefined => (field === undefined ? undefined : `${nameOf(target.value)}/${field}`)

  function turn(where: string | null, word: 'undone' | 'redone'): void {
    if (where === null) return
    say(t(`builder.${word}`))
    const to = targetOf(where)
    if (to && isThere(to) && (wide.value || route.query.at)) select(to)
  }

  const back = (): void => turn(draft.undo(), 'undone')

  /** The notice whose undo is still the last step. */
  let offered: number | null = null
  function withdraw(): void {
    if (offered !== null) toast.dismiss(offered)
    offered = null
  }
  watch(draft.doc, withdraw, { flush: 'sync' })
  onScopeDispose(withdraw)

  /** The same words twice are heard twice. */
  function say(text: string): void {
    spoken.value = ''
    void nextTick(() => (spoken.value = text))
  }

  return {
    doc, content, target, select, edit, put, say, spoken, undo: back,
    offerUndo: (text) => void (offered = toast.show(text, { undo: back })),
    code: computed(() => draft.draft.value?.code ?? ''),
    item: computed(() => (target.value.at === 'item' ? itemOf(content.value, target.value.key) : null)),
    section: computed(() => (target.value.at === 'section' ? sectionOf(content.value, target.value.key) : null)),
    patchItem: (patch, field) => edit((now) => (target.value.at === 'item' ? patchItem(now, target.value.key, patch) : now), groupOf(field)),
    patchSection: (patch, field) => edit((now) => (target.value.at === 'section' ? patchSection(now, target.value.key, patch) : now), groupOf(field)),
    seal: draft.seal,
    redo: () => turn(draft.redo(), 'redone'),
    canUndo: computed(() => Boolean(draft.history.value?.past.length)),
    canRedo: computed(() => Boolean(draft.history.value?.future.length)),
    // A fault whose place is gone was mended by that.
    faults: computed(() => draft.faults.value.filter((fault) => isThere(fault.target))),
    errorAt(field, deep) {
      const found = faultsOf(draft.faults.value, target.value, field, deep)[0]
      return found && words(found)
    },
    makeKey: draft.makeKey,
    publishedKeys: draft.published,
    async addPicture(file) {
      const sha256 = await keepPicture(await processPhoto(file, 'gallery'), userId())
      const now = draft.draft.value
      if (now && !now.unsent_photos.includes(sha256)) now.unsent_photos = [...now.unsent_photos, sha256]
      return sha256
    },
  }
}

/** What is shown when nothing was chosen: the first item, else what the checklist is called. */
function first(content: Content): Target {
  const item = content.sections.flatMap((section) => section.items)[0]
  return item ? { at: 'item', key: item.key } : { at: 'about' }
}
