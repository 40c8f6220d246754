/** Who goes, in words. Pure. */
import type { AssigneeRule } from '@/api/planTypes'
import { listed, type Speaker } from './speaker'

/** "门店的督导", "轮流：甲、乙". A person who is not known here is somebody. */
export function whoWords(who: AssigneeRule, nameOf: (id: string) => string | undefined, say: Speaker): string {
  const known = (id: string): string => nameOf(id) ?? say.t('plans.who.somebody')
  if (who.rule === 'role') return say.t('plans.who.role', { role: lower(say, say.t(`common.role.${who.role ?? 'supervisor'}`)) })
  if (who.rule === 'person') return known(who.user_id ?? '')
  if (who.rule === 'rotation') return say.t('plans.who.rotation', { names: listed(say, (who.user_ids ?? []).map(known)) })
  return say.t(`plans.who.${who.rule}`)
}

/** In the middle of an English sentence a role begins small; HQ stays. */
function lower(say: Speaker, words: string): string {
  return say.locale() === 'en' && /^[A-Z][a-z]/.test(words) ? words[0]!.toLowerCase() + words.slice(1) : words
}
