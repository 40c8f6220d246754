/**
 * The phone's own database. It is the store that screens watch; the server's data is mirrored into it,
 * and what was done here waits in it until the server has given its receipt.
 */
import Dexie, { type EntityTable, type Table } from 'dexie'
import type {
  Bilingual,
  ChecklistVersion,
  CheckIn,
  CheckOut,
  InspectionSummary,
  Receipt,
  Region,
  SignOff,
  Store,
  Task,
  TaskAction,
  Visit,
  Checklist,
  Fault,
} from '@/api/types'
import type { Answer, Content, Context, Rounds } from '@/domain/checklist'
import type { Quality } from '@/photos/quality'
import type { ProblemBody } from '@/api/problems'

/** An inspection that was begun and not yet finished. Its id becomes the report's id. */
export interface Draft {
  id: string
  user_id: string
  visit_id: string | null
  store_id: string
  store_name: Bilingual
  checklist_id: string
  checklist_name: Bilingual
  checklist_version: number
  started_at: string
  updated_at: string
  on_date: string
  check_in: CheckIn | null
  note: string
  answers: Record<string, Answer>
  /** What was known of the store at the start; drafts of older apps have none. */
  context?: Context | null
  rounds?: Rounds
  /** Given on leaving; see leaving.ts. */
  check_out?: CheckOut | null
  sign_off?: SignOff | null
}

/** Bytes of a photo taken here. ArrayBuffer, because Blobs get lost on some phones. */
export interface LocalPhoto {
  sha256: string
  bytes: ArrayBuffer
  type: string
  width: number
  height: number
  user_id: string
  created_at: string
  sent_at: string | null
  /** Whether it is sharp and light enough; null or missing when nobody looked. */
  quality?: Quality | null
  /** Somebody was told, and keeps it as it is. */
  quality_accepted?: boolean
}

export type OutboxState = 'waiting' | 'attention'

export interface OutboxEntry {
  id: string
  user_id: string
  kind: 'inspection' | 'task_step'
  state: OutboxState
  /** What it is about, for people. */
  label: Bilingual
  store_name: Bilingual
  visit_id: string | null
  task_id: string | null
  action: TaskAction | null
  /** The exact text that is sent; never made anew. */
  body: string
  sha256: string
  /** Photos that the server has not confirmed yet. */
  photos: string[]
  photos_total: number
  receipt: Receipt | null
  /** True as soon as the server has confirmed the document itself. */
  delivered: boolean
  created_at: string
  attempts: number
  next_at: number
  problem: ProblemBody | null
  /** Since when a server that was restored is offered this again, in milliseconds; it had been received before. */
  offered_at?: number
}

/** What was sent, kept for a while in case the server's database was restored to an earlier day. */
export interface SentEntry extends OutboxEntry {
  sent_at: string
  epoch: string
  photo_hashes: string[]
}

/** What is edited of a checklist. */
export interface ChecklistDoc {
  name: Bilingual
  kind: string
  content: Content
}

/** A checklist that is being written on this device. */
export interface ChecklistDraft {
  checklist_id: string
  user_id: string
  code: string
  doc: ChecklistDoc
  /** The server's revision that it was made from. */
  revision: number
  /** True while the server has not got it. */
  dirty: boolean
  published_version: number | null
  /** Keys that the versions up to `published_version` had. */
  published_keys: string[]
  /** What the server found wrong with it, last time it saw it. */
  faults: Fault[]
  unsent_photos: string[]
  /** The hash of what was sent last, in case the answer to it got lost. */
  last_sent: string | null
  /** What gave way when somebody else had changed the same draft. */
  set_aside: { doc: ChecklistDoc; at: string } | null
  updated_at: string
}

export interface MetaRow {
  key: string
  value: unknown
}

export class RoundsDb extends Dexie {
  meta!: EntityTable<MetaRow, 'key'>
  regions!: EntityTable<Region, 'id'>
  stores!: EntityTable<Store, 'id'>
  checklists!: EntityTable<Checklist, 'id'>
  versions!: Table<ChecklistVersion, [string, number]>
  visits!: EntityTable<Visit, 'id'>
  tasks!: EntityTable<Task, 'id'>
  inspections!: EntityTable<InspectionSummary, 'id'>
  drafts!: EntityTable<Draft, 'id'>
  photos!: EntityTable<LocalPhoto, 'sha256'>
  outbox!: EntityTable<OutboxEntry, 'id'>
  sent!: EntityTable<SentEntry, 'id'>
  checklist_drafts!: Table<ChecklistDraft, [string, string]>

  constructor(name = 'rounds') {
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      meta: 'key',
      regions: 'id',
      stores: 'id, code',
      checklists: 'id',
      versions: '[checklist_id+number]',
      visits: 'id, store_id, due_at',
      tasks: 'id, store_id, status, due_at',
      inspections: 'id, store_id, received_at',
      drafts: 'id, visit_id, user_id',
      photos: 'sha256, user_id',
      outbox: 'id, user_id, task_id, visit_id',
      sent: 'id, sent_at',
    })
    this.version(2).stores({ checklist_drafts: '[checklist_id+user_id], user_id' })
  }
}

export const db = new RoundsDb()

/** Whether the last thing that did not fit has shown that the disk is full; browsers no longer tell beforehand. */
export const disk = { full: false }

/** True for what is thrown when the disk, or our share of it, is full. */
export function isFull(error: unknown): boolean {
  const found = error as { name?: string; inner?: { name?: string } } | null
  return found?.name === 'QuotaExceededError' || found?.inner?.name === 'QuotaExceededError'
}

/** Runs a deed; when the phone had closed the database behind our back, opens it and runs it once more. */
export async function safely<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed()
  } catch (error) {
    if (isFull(error)) disk.full = true
    const name = error instanceof Error ? error.name : ''
    if (!['InvalidStateError', 'DatabaseClosedError', 'UnknownError'].includes(name)) throw error
    db.close({ disableAutoOpen: false })
    await db.open()
    return deed()
  }
}

export async function getMeta<T>(key: string): Promise<T | undefined> {
  return (await db.meta.get(key))?.value as T | undefined
}

export async function setMeta(key: string, value: unknown): Promise<void> {
  await db.meta.put({ key, value })
}

/** The cache of pictures that open tasks begin from; they belong to whoever may see the tasks. */
export const BEFORE = 'rounds-before'

const MIRRORED = ['regions', 'stores', 'checklists', 'visits', 'tasks', 'inspections'] as const

/** Forgets what was mirrored for somebody else; drafts, photos and the outbox stay, each with its owner. */
export async function forgetMirror(): Promise<void> {
  await db.transaction('rw', [...MIRRORED.map((name) => db[name]), db.meta], async () => {
    for (const name of MIRRORED) await db[name].clear()
    await db.meta.bulkDelete(['cursor', 'seen', 'last_sync_at', 'first_pull', 'priorities'])
  })
  if ('caches' in globalThis) await caches.delete(BEFORE).catch(() => false)
}
