/** The form of a checklist's name: what may be wrong with it, here and by the server's word. */
import { ApiProblem } from '@/api/problems'
import { CODE } from './codes'

export interface Naming {
  code: string
  zh: string
  en: string
  kind: string
}

/** Words to show beside a field. */
export interface NameFaults {
  code?: string
  name?: string
}

type Say = (key: string) => string

/** What must be mended before it is sent. */
export function nameFaults({ code, zh, en }: Naming, taken: readonly string[], t: Say): NameFaults {
  return {
    ...(zh.trim() || en.trim() ? {} : { name: t('checklists.nameMissing') }),
    ...(CODE.test(code.trim()) ? (taken.includes(code.trim()) ? { code: t('checklists.codeTaken') } : {}) : { code: t('checklists.codeWrong') }),
  }
}

/** The server's refusal beside the field it is about; null when it is about something else. */
export function refusedName(thrown: unknown, t: Say): NameFaults | null {
  if (!(thrown instanceof ApiProblem)) return null
  const errors = thrown.body.errors ?? []
  if (errors.some(({ code }) => code === 'taken')) return { code: t('checklists.codeTaken') }
  if (errors.some(({ pointer }) => pointer.startsWith('/code'))) return { code: t('checklists.codeWrong') }
  return errors.some(({ pointer }) => pointer.startsWith('/name')) ? { name: t('checklists.nameMissing') } : null
}

/** As the server takes it. */
export function nameOf({ code, zh, en }: Naming): { code: string; name: { zh: string; en: string } } {
  return { code: code.trim(), name: { zh: zh.trim(), en: en.trim() } }
}
