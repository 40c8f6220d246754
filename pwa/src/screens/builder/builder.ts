/** What the parts of the builder share: the checklist being written, what is chosen of it, and the deeds. */
import { inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { ChecklistDoc } from '@/db/schema'
import type { Content, Item, Section } from '@/domain/checklist'
import type { PlacedFault, Target } from './faults'
import type { MakeKey } from './keys'

export interface Builder {
  doc: ComputedRef<ChecklistDoc>
  content: ComputedRef<Content>
  code: ComputedRef<string>
  /** What the editor shows. */
  target: ComputedRef<Target>
  item: ComputedRef<Item | null>
  section: ComputedRef<Section | null>
  /** Shows something in the editor; with a field it is found and focused. */
  select(target: Target, field?: string): void
  /** Changes the content as one step; changes of the same group join it. */
  edit(change: (content: Content) => Content, group?: string): void
  /** Changes fields of what is chosen; typing in one field makes one step. */
  patchItem(patch: Partial<Item>, field?: string): void
  patchSection(patch: Partial<Section>, field?: string): void
  put(doc: ChecklistDoc, group?: string): void
  /** The next change is a step of its own. */
  seal(): void
  undo(): void
  redo(): void
  canUndo: ComputedRef<boolean>
  canRedo: ComputedRef<boolean>
  faults: ComputedRef<PlacedFault[]>
  /** What is wrong with a field of what is chosen, in words; with `deep` below it too. */
  errorAt(field: string, deep?: boolean): string | undefined
  makeKey: MakeKey
  publishedKeys: Ref<ReadonlySet<string>>
  /** Keeps a picture and gives the hash it goes by. */
  addPicture(file: Blob): Promise<string>
  /** Says what was just done, with a way back for as long as nothing else was done. */
  offerUndo(text: string): void
  /** Tells a screen reader. */
  say(text: string): void
  spoken: Ref<string>
}

export const BUILDER: InjectionKey<Builder> = Symbol('builder')

export function useBuilder(): Builder {
  const builder = inject(BUILDER)
  if (!builder) throw new Error('no builder around')
  return builder
}
