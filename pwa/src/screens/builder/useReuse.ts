/** Sections and items of other checklists, to take over: those of the house and those of the library. */
import { computed, ref, shallowRef, triggerRef } from 'vue'
import { checklists as askChecklists, checklistVersion, library as askLibrary, libraryChecklist } from '@/api/endpoints'
import { ApiProblem } from '@/api/problems'
import { db } from '@/db/schema'
import type { Bilingual, Content, Item, Section } from '@/domain/checklist'
import { filled } from './blanks'
import { keyMaker } from './keys'

export interface Source {
  id: string
  code: string
  name: Bilingual
  load: () => Promise<Content>
  content: Content | null
}

export interface Found {
  source: Source
  sections: { section: Section; items: Item[] }[]
}

const holds = (text: Bilingual, words: readonly string[]): boolean => {
  const all = `${text.zh}\n${text.en}`.toLowerCase()
  return words.every((word) => all.includes(word))
}

/** The sections and items in which all the words occur; a section whose name has them comes with all its items. */
export function searched(sources: readonly Source[], text: string): Found[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return sources.flatMap((source) => {
    if (!words.length || holds(source.name, words)) return [{ source, sections: (source.content?.sections ?? []).map((section) => ({ section, items: section.items })) }]
    const sections = (source.content?.sections ?? []).flatMap((section) => {
      const items = holds(section.name, words) ? section.items : section.items.filter((item) => holds(item.text, words))
      return items.length ? [{ section, items }] : []
    })
    return sections.length ? [{ source, sections }] : []
  })
}

async function versionContent(id: string, number: number): Promise<Content> {
  return ((await db.versions.get([id, number])) ?? (await checklistVersion(id, number))).content
}

export function useReuse(own: () => string) {
  const sources = shallowRef<Source[]>([])
  const problem = shallowRef<unknown>(null)
  const loading = ref(false)
  const search = ref('')
  const found = computed(() => searched(sources.value, search.value))

  async function lists(): Promise<Source[]> {
    const [house, ready] = await Promise.all([
      askChecklists(),
      // A server without a library says so; then there is only what the house has.
      askLibrary().catch((error: unknown) => {
        if (error instanceof ApiProblem && error.status === 404) return { items: [] }
        throw error
      }),
    ])
    return [
      ...house.items.flatMap(({ id, code, name, published_version: number }) => (id === own() || number === null ? [] : [{ id, code, name, content: null, load: () => versionContent(id, number) }])),
      ...ready.items.filter((entry) => entry.adopted_id === null).map(({ code, name }) => ({ id: `library:${code}`, code, name, content: null, load: async () => (await libraryChecklist(code)).content })),
    ]
  }

  /** Asks for the lists, then for one content after the other; what has come can be used at once. */
  async function load(): Promise<void> {
    loading.value = true
    problem.value = null
    try {
      if (!sources.value.length) sources.value = await lists()
      for (const source of sources.value) {
        source.content ??= filled(await source.load(), keyMaker(new Set()))
        triggerRef(sources)
      }
    } catch (error) {
      problem.value = error
    } finally {
      loading.value = false
    }
  }

  return { found, search, loading, problem, load }
}
