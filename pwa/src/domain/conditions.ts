/**
 * Is an item to be asked: does it apply to this store at this hour, and do earlier answers call for it?
 *
 * An answer counts as it is judged. What is hidden, not answered, or set aside as "not applicable" has no
 * value, so a condition on values or numbers is not met by it.
 */
import type { AnswerValue, Applies, Condition, Context, Result } from './checklist'

/** An answer as conditions see it; the value is null when there is none that counts. */
export interface Asked {
  result: Result
  value: AnswerValue
}
type Bounded = { applies?: Partial<Applies> }

const among = (wanted: readonly string[] | undefined, found: readonly string[]): boolean =>
  !wanted?.length || found.some((one) => wanted.includes(one))

/** True when every list of the item or section that is not empty is met by the store. */
export function appliesTo({ applies }: Bounded, context: Context): boolean {
  return (
    among(applies?.store_types, [context.store_type]) &&
    among(applies?.tags, context.tags) &&
    among(applies?.regions, context.region_codes) &&
    among(applies?.dayparts, [context.daypart])
  )
}

/** True when the item or section does not apply everywhere. */
export const isBounded = ({ applies }: Bounded): boolean => Object.values(applies ?? {}).some((list) => list.length > 0)

/** True when the answers are as the condition wants them; `ask` tells an earlier answer by its item's key. */
export function isMet(condition: Condition, ask: (key: string) => Asked): boolean {
  if ('all' in condition) return condition.all.every((part) => isMet(part, ask))
  if ('any' in condition) return condition.any.some((part) => isMet(part, ask))
  const { result, value } = ask(condition.item)
  if ('result' in condition) return condition.result.includes(result)
  if ('value' in condition) return [value].flat().some((one) => condition.value.includes(one as string))
  return typeof value === 'number' && (condition.least ?? value) <= value && value <= (condition.most ?? value)
}
