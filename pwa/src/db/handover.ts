/**
 * Unsent work as a file, and back from it: on this phone or another, for the same person.
 *
 * The file is a line of JSON for each thing, photos first, so that not even five hundred photos have to fit into
 * the memory at once. Each line carries the SHA-256 of what it holds. What does not fit its hash stays outside and
 * is counted; what the phone has already is left as it is, so the same file twice changes nothing.
 */
import { base64, fromBase64, hashesIn, hex, sha256, textSha256 } from '@/photos/hash'
import { isPreparedBy, preparedBy } from './fixes'
import { list } from './outbox'
import { db, safely, type Draft, type LocalPhoto, type OutboxEntry } from './schema'

const KIND = 'rounds-unsent'
const VERSION = 2
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Head {
  kind: typeof KIND
  version: number
  user_id: string
  user_name: string
  made_at: string
  lines: number
}
interface PhotoLine {
  type: 'photo'
  sha256: string
  facts: Omit<LocalPhoto, 'bytes' | 'sha256'>
  base64: string
}
interface TextLine {
  type: 'entry' | 'draft' | 'prepared'
  sha256: string
  text: string
}
type Line = PhotoLine | TextLine
interface Prepared {
  key: string
  value: unknown
}

/** What came of taking a file in. */
export interface Taken {
  added: number
  known: number
  damaged: number
  /** Photos that are listed and neither in the file nor on this phone. */
  missing: number
}

/** The file cannot be taken in at all. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly why: 'notOurs' | 'newer' | 'somebodyElse',
    readonly owner = '',
  ) {
    super(why)
  }
}

/** Everything unsent of this person: documents as they are, drafts, prepared fixes, and all their photos. */
export async function exportUnsent(userId: string, userName: string): Promise<Blob> {
  const entries = await list(userId)
  const drafts = await db.drafts.where('user_id').equals(userId).toArray()
  const prepared = await preparedBy(userId)
  const texts: [TextLine['type'], unknown][] = [
    ...entries.map((row): [TextLine['type'], unknown] => ['entry', row]),
    ...drafts.map((row): [TextLine['type'], unknown] => ['draft', row]),
    ...prepared.map((row): [TextLine['type'], unknown] => ['prepared', row]),
  ]
  const rest = await Promise.all(texts.map(([type, row]) => textLine(type, JSON.stringify(row))))
  const listed = entries.flatMap((entry) => (entry.delivered ? entry.photos : hashesIn(entry.body)))
  const wanted = new Set([...listed, ...[...drafts, ...prepared].flatMap((row) => hashesIn(JSON.stringify(row)))])
  const pictures: string[] = []
  for (const hash of wanted) {
    const photo = await db.photos.get(hash)
    if (photo) pictures.push(photoLine(photo))
  }
  const lines = [...pictures, ...rest]
  const head: Head = { kind: KIND, version: VERSION, user_id: userId, user_name: userName, made_at: new Date().toISOString(), lines: lines.length }
  return new Blob([`${JSON.stringify(head)}\n`, ...lines], { type: 'application/x-ndjson' })
}

async function textLine(type: TextLine['type'], text: string): Promise<string> {
  return `${JSON.stringify({ type, sha256: await textSha256(text), text } satisfies TextLine)}\n`
}

function photoLine({ bytes, sha256: hash, ...facts }: LocalPhoto): string {
  return `${JSON.stringify({ type: 'photo', sha256: hash, facts, base64: base64(new Uint8Array(bytes)) } satisfies PhotoLine)}\n`
}

/** Takes a file in for this person, line by line. Throws Refused when it is no such file, or somebody else's. */
export async function importUnsent(file: Blob, userId: string): Promise<Taken> {
  const taken: Taken = { added: 0, known: 0, damaged: 0, missing: 0 }
  const listed = new Set<string>()
  let head: Head | null = null
  let seen = 0
  for await (const text of linesOf(file)) {
    if (!head) {
      head = headFor(text, userId)
      continue
    }
    seen += 1
    const end = await takeLine(text, userId, listed)
    if (end) taken[end] += 1
  }
  if (!head) throw new Refused('notOurs')
  // A file that was cut short holds fewer lines than its head says.
  taken.damaged += Math.max(0, head.lines - seen)
  const there = new Set(await db.photos.where('sha256').anyOf([...listed]).primaryKeys())
  taken.missing = [...listed].filter((hash) => !there.has(hash)).length
  return taken
}

async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().getReader()
  const decoder = new TextDecoder()
  let rest: string[] = []
  for (;;) {
    const { done, value } = await reader.read()
    const parts = (done ? decoder.decode() : decoder.decode(value, { stream: true })).split('\n')
    rest.push(parts[0] ?? '')
    for (const part of parts.slice(1)) {
      yield rest.join('')
      rest = [part]
    }
    if (done) break
  }
  const last = rest.join('')
  if (last) yield last
}

function headFor(text: string, userId: string): Head {
  const head = parsed(text) as Head | null
  if (head?.kind !== KIND || typeof head.lines !== 'number') throw new Refused('notOurs')
  if (head.version > VERSION) throw new Refused('newer')
  if (head.user_id !== userId) throw new Refused('somebodyElse', String(head.user_name))
  return head
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Photos are not counted, only what they belong to; a damaged one counts. */
async function takeLine(text: string, userId: string, listed: Set<string>): Promise<'added' | 'known' | 'damaged' | null> {
  const line = parsed(text) as Line | null
  if (line?.type === 'photo') return (await takePhoto(line, userId)) ? null : 'damaged'
  if (typeof line?.text !== 'string' || (await textSha256(line.text)) !== line.sha256) return 'damaged'
  const row = parsed(line.text)
  if (line.type === 'entry') return takeEntry(row as OutboxEntry, userId, listed)
  if (line.type === 'draft') return takeDraft(row as Draft, userId, listed)
  return line.type === 'prepared' ? takePrepared(row as Prepared, userId, listed) : 'damaged'
}

async function takePhoto(line: PhotoLine, userId: string): Promise<boolean> {
  const bytes = fromBase64(String(line.base64))
  if (!bytes || hex(await sha256(bytes)) !== line.sha256 || line.facts?.user_id !== userId) return false
  await safely(() =>
    db.transaction('rw', db.photos, async () => {
      if (!(await db.photos.get(line.sha256))) await db.photos.put({ ...line.facts, sha256: line.sha256, bytes: bytes.buffer })
    }),
  )
  return true
}

async function takeEntry(entry: OutboxEntry | null, userId: string, listed: Set<string>): Promise<'added' | 'known' | 'damaged'> {
  if (!entry || !ID.test(entry.id) || entry.user_id !== userId || typeof entry.body !== 'string') return 'damaged'
  if (!['inspection', 'task_step'].includes(entry.kind) || (await textSha256(entry.body)) !== entry.sha256) return 'damaged'
  const photos = hashesIn(entry.body)
  return safely(() =>
    db.transaction('rw', db.outbox, db.sent, db.drafts, async () => {
      if ((await db.outbox.get(entry.id)) ?? (await db.sent.get(entry.id))) return 'known'
      await db.outbox.add({ ...entry, photos, state: 'waiting', delivered: false, receipt: null, attempts: 0, next_at: 0, problem: null })
      await db.drafts.delete(entry.id)
      photos.forEach((hash) => listed.add(hash))
      return 'added'
    }),
  )
}

async function takeDraft(draft: Draft | null, userId: string, listed: Set<string>): Promise<'added' | 'known' | 'damaged'> {
  if (!draft || !ID.test(draft.id) || draft.user_id !== userId || typeof draft.answers !== 'object') return 'damaged'
  return safely(() =>
    db.transaction('rw', db.outbox, db.sent, db.drafts, async () => {
      const here = await db.drafts.get(draft.id)
      const isDone = (await db.outbox.get(draft.id)) ?? (await db.sent.get(draft.id))
      // What was gone on with here stays; the file only brings what is newer.
      if (isDone || (here && here.updated_at >= draft.updated_at)) return 'known'
      await db.drafts.put(draft)
      hashesIn(JSON.stringify(draft)).forEach((hash) => listed.add(hash))
      return 'added'
    }),
  )
}

async function takePrepared(row: Prepared | null, userId: string, listed: Set<string>): Promise<'added' | 'known' | 'damaged'> {
  if (typeof row?.key !== 'string' || !isPreparedBy(row.key, userId)) return 'damaged'
  return safely(() =>
    db.transaction('rw', db.meta, async () => {
      if (await db.meta.get(row.key)) return 'known'
      await db.meta.put(row)
      hashesIn(JSON.stringify(row)).forEach((hash) => listed.add(hash))
      return 'added'
    }),
  )
}
