/**
 * Where a fault is: the server names a place in the content by JSON pointer, the builder finds the section, the
 * item and the field. The place is kept by key, so that a fault stays with its item while things are moved.
 */
import type { Fault } from '@/api/types'
import type { Content } from '@/domain/checklist'

export type Target = { at: 'about' } | { at: 'scoring' } | { at: 'section'; key: string } | { at: 'item'; key: string }

export interface PlacedFault extends Fault {
  target: Target
  /** Below the target, such as `text` or `grades/0/name`; empty when it is the whole. */
  field: string
}

/** `item:k3f9x`: a target as a text, for addresses, groups of typing and comparing. */
export const nameOf = (target: Target): string => ('key' in target ? `${target.at}:${target.key}` : target.at)

export function targetOf(name: unknown): Target | null {
  if (typeof name !== 'string') return null
  if (name === 'about' || name === 'scoring') return { at: name }
  const [at, key] = [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
  return (at === 'section' || at === 'item') && key ? { at, key } : null
}

const step = (text: string): string => text.replaceAll('~1', '/').replaceAll('~0', '~')

/** The place of a pointer; pointers into a submitted body may begin with /content. */
export function placeOf(pointer: string, content: Content): { target: Target; field: string } {
  const steps = pointer.replace(/^\/content(?=\/|$)/, '').split('/').slice(1).map(step)
  const [room, at, list, place, ...deep] = steps
  if (room === 'scoring') return { target: { at: 'scoring' }, field: steps.slice(1).join('/') }
  const section = room === 'sections' && at !== undefined ? content.sections[Number(at)] : undefined
  if (!section) return { target: { at: 'about' }, field: steps.join('/') }
  const item = list === 'items' && place !== undefined ? section.items[Number(place)] : undefined
  if (!item) return { target: { at: 'section', key: section.key }, field: steps.slice(2).join('/') }
  return { target: { at: 'item', key: item.key }, field: deep.join('/') }
}

/** The faults with their places; `content` is the one that they were found in. */
export function placed(faults: readonly Fault[], content: Content): PlacedFault[] {
  return faults.map((fault) => ({ ...fault, ...placeOf(fault.pointer, content) }))
}

export const isAt = (fault: PlacedFault, target: Target): boolean => nameOf(fault.target) === nameOf(target)

/** The faults of one field; with `deep` those below it too. */
export function faultsOf(faults: readonly PlacedFault[], target: Target, field: string, deep = false): PlacedFault[] {
  return faults.filter((fault) => isAt(fault, target) && (fault.field === field || (deep && fault.field.startsWith(`${field}/`))))
}

/** How many faults each target has, by its name. */
export function countsOf(faults: readonly PlacedFault[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const fault of faults) counts.set(nameOf(fault.target), (counts.get(nameOf(fault.target)) ?? 0) + 1)
  return counts
}

/** Of the fields on the page, the one that shows a fault: its own, else the nearest around it. */
export function fieldFor(field: string, shown: readonly string[]): string | null {
  const around = shown.filter((name) => name === field || field.startsWith(`${name}/`))
  return around.toSorted((a, b) => b.length - a.length)[0] ?? null
}
