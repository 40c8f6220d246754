/** The deeds of a visit in progress. Each is one local transaction; when it returns, it is on the disk. */
import type { CheckIn, InspectionDocument, Visit } from '@/api/types'
import type { Answer, Content, Section } from '@/domain/checklist'
import { inForce } from '@/domain/inForce'
import { roundNames, withoutRound, withRound } from '@/domain/rounds'
import { textSha256 } from '@/photos/hash'
import { contextAt } from './context'
import { deviceId } from './device'
import { newId } from './ids'
import { signatureOf, standingSignOff } from './leaving'
import { db, safely, type Draft, type OutboxEntry } from './schema'
import { withStoreCode } from './storeCode'

/** The local calendar day of a moment in a zone, YYYY-MM-DD. */
export function dayIn(zone: string, moment: Date): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment)
  } catch {
    return moment.toISOString().slice(0, 10)
  }
}

/** Begins the visit's inspection, or gives the one that was begun. It stays on the version it begins with. */
export async function startVisit(visit: Visit, userId: string): Promise<Draft> {
  return safely(() =>
    db.transaction('rw', [db.drafts, db.stores, db.regions, db.versions, db.checklists], async () => {
      const begun = await db.drafts.where('visit_id').equals(visit.id).filter((d) => d.user_id === userId).first()
      if (begun) return begun
      const number = (await db.checklists.get(visit.checklist_id))?.published_version ?? visit.checklist_version
      if (number === null || !(await db.versions.get([visit.checklist_id, number]))) throw new Error('checklist-missing')
      const now = new Date()
      const store = await db.stores.get(visit.store_id)
      const draft: Draft = {
        id: newId(),
        user_id: userId,
        visit_id: visit.id,
        store_id: visit.store_id,
        store_name: visit.store_name,
        checklist_id: visit.checklist_id,
        checklist_name: visit.checklist_name,
        checklist_version: number,
        started_at: now.toISOString(),
        updated_at: now.toISOString(),
        on_date: dayIn(store?.timezone ?? 'Asia/Shanghai', now),
        check_in: null,
        note: '',
        answers: {},
        context: await contextAt(store, now),
        rounds: {},
      }
      await db.drafts.add(draft)
      return draft
    }),
  )
}

/** The draft of a visit, if this person has begun it. */
export const draftOfVisit = (visitId: string, userId: string): Promise<Draft | undefined> =>
  db.drafts.where('visit_id').equals(visitId).filter((d) => d.user_id === userId).first()

/** Changes a draft in one transaction. */
export async function changeDraft(id: string, deed: (draft: Draft) => void): Promise<void> {
  await safely(() =>
    db.transaction('rw', db.drafts, async () => {
      const draft = await db.drafts.get(id)
      if (!draft) throw new Error('draft-missing')
      deed(draft)
      draft.updated_at = new Date().toISOString()
      await db.drafts.put(draft)
    }),
  )
}

export const setCheckIn = (id: string, checkIn: CheckIn): Promise<void> => changeDraft(id, (draft) => void (draft.check_in = checkIn))
export const setNote = (id: string, note: string): Promise<void> => changeDraft(id, (draft) => void (draft.note = note))

export function emptyAnswer(itemKey: string): Answer {
  const now = new Date().toISOString()
  return {
    item_key: itemKey,
    result: null,
    value: null,
    note: '',
    reason: '',
    photos: [],
    fixed_on_spot: false,
    fix_photos: [],
    answered_at: now,
    changed_at: now,
  }
}

/** Changes some fields of an answer; when it was first given stays, when it was last changed is now. */
export const saveAnswer = (id: string, itemKey: string, fields: Partial<Answer>): Promise<void> =>
  changeDraft(id, (draft) => {
    const before = draft.answers[itemKey] ?? emptyAnswer(itemKey)
    draft.answers[itemKey] = { ...before, ...fields, item_key: itemKey, changed_at: new Date().toISOString() }
  })

/** One more round of a repeated section, such as a freezer, without a name yet. Gives its number, from 1. */
export async function addRound(id: string, section: Section): Promise<number> {
  let number = 0
  await changeDraft(id, (draft) => {
    const names = roundNames(section, draft.rounds ?? {})
    if (names.length >= (section.repeat?.max ?? 0)) throw new Error('rounds-full')
    draft.rounds = { ...draft.rounds, [section.key]: [...names, ''] }
    number = names.length + 1
  })
  return number
}

export const nameRound = (id: string, section: Section, number: number, name: string): Promise<void> =>
  changeDraft(id, (draft) => {
    draft.rounds = { ...draft.rounds, [section.key]: roundNames(section, draft.rounds ?? {}).with(number - 1, name.trim()) }
  })

/** Takes a round away with its answers, and gives the way to bring all of it back. */
export async function removeRound(id: string, section: Section, number: number): Promise<() => Promise<void>> {
  let taken: Record<string, Answer> = {}
  let name = ''
  await changeDraft(id, (draft) => {
    const names = roundNames(section, draft.rounds ?? {})
    if (names.length <= (section.repeat?.min ?? 0)) throw new Error('rounds-few')
    name = names[number - 1] ?? ''
    const parted = withoutRound(draft.answers, section, number)
    taken = parted.taken
    draft.answers = parted.left
    draft.rounds = { ...draft.rounds, [section.key]: names.toSpliced(number - 1, 1) }
  })
  return () =>
    changeDraft(id, (draft) => {
      draft.answers = withRound(draft.answers, section, number, taken)
      draft.rounds = { ...draft.rounds, [section.key]: roundNames(section, draft.rounds ?? {}).toSpliced(number - 1, 0, name) }
    })
}

/** The checklist that counts for a draft as it is answered now. */
export const inForceFor = (content: Content, draft: Draft): Content =>
  inForce(content, draft.context ?? null, Object.values(draft.answers), draft.rounds ?? {}, draft.on_date)

/** The answers that are sent: those to hidden items stay behind. */
async function answersInForce(draft: Draft): Promise<Answer[]> {
  const version = await db.versions.get([draft.checklist_id, draft.checklist_version])
  if (!version) return Object.values(draft.answers)
  const keys = inForceFor(version.content, draft).sections.flatMap((section) => section.items.map((item) => item.key))
  return keys.map((key) => draft.answers[key]).filter((answer) => answer !== undefined)
}

/** Finishes the inspection: its text is made once, and with it goes into the outbox all that must arrive. */
export async function finishDraft(id: string): Promise<OutboxEntry> {
  const draft = await db.drafts.get(id)
  if (!draft) throw new Error('draft-missing')
  const now = new Date().toISOString()
  const document: InspectionDocument = {
    visit_id: draft.visit_id,
    store_id: draft.store_id,
    checklist_id: draft.checklist_id,
    checklist_version: draft.checklist_version,
    started_at: draft.started_at,
    submitted_at: now,
    on_date: draft.on_date,
    device: { id: await deviceId(), app_version: __APP_VERSION__ },
    check_in: await withStoreCode(draft),
    check_out: draft.check_out ?? null,
    sign_off: standingSignOff(draft),
    note: draft.note,
    context: draft.context ?? null,
    rounds: draft.rounds ?? {},
    answers: await answersInForce(draft),
  }
  const body = JSON.stringify(document)
  const photos = [...new Set([...document.answers.flatMap((a) => [...a.photos, ...a.fix_photos]), ...signatureOf(document)].map((p) => p.sha256))]
  const entry: OutboxEntry = {
    id: draft.id,
    user_id: draft.user_id,
    kind: 'inspection',
    state: 'waiting',
    label: draft.checklist_name,
    store_name: draft.store_name,
    visit_id: draft.visit_id,
    task_id: null,
    action: null,
    body,
    sha256: await textSha256(body),
    photos,
    photos_total: photos.length,
    receipt: null,
    delivered: false,
    created_at: now,
    attempts: 0,
    next_at: 0,
    problem: null,
  }
  return safely(() =>
    db.transaction('rw', db.drafts, db.outbox, async () => {
      const known = await db.outbox.get(id)
      if (known) return known // a second tap finds what the first one did
      const current = await db.drafts.get(id)
      if (!current) throw new Error('draft-missing')
      if (current.updated_at !== draft.updated_at) throw new Error('draft-changed')
      await db.outbox.add(entry)
      await db.drafts.delete(id)
      return entry
    }),
  )
}

/** Throws a draft away; the screen has asked before. */
export const discardDraft = (id: string): Promise<void> => safely(() => db.drafts.delete(id))

