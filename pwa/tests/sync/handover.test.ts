import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { exportUnsent, importUnsent } from '@/db/handover'
import { db, type OutboxEntry } from '@/db/schema'
import { begun, finished, fixed, fresh, ME } from './phone'
import { digest } from './server'

const textOf = async (file: Blob): Promise<string[]> => (await file.text()).trimEnd().split('\n')
const joined = (lines: readonly string[]): Blob => new Blob([`${lines.join('\n')}\n`])
const none = { added: 0, known: 0, damaged: 0, missing: 0 }

async function all(): Promise<{ outbox: OutboxEntry[]; drafts: unknown[]; photos: string[] }> {
  return { outbox: await db.outbox.toArray(), drafts: await db.drafts.toArray(), photos: (await db.photos.toCollection().primaryKeys()).toSorted() }
}

beforeEach(fresh)

describe('unsent work as a file', () => {
  it('comes back whole on another phone, each photo byte for byte', async () => {
    await finished(['one', 'two'])
    await fixed('after')
    await begun(['three'])
    await finished(['not mine'], 'user-2')
    const before = await all()
    const file = await exportUnsent(ME, 'Chen')
    expect(JSON.parse((await textOf(file))[0] ?? '')).toMatchObject({ kind: 'rounds-unsent', user_id: ME, user_name: 'Chen', lines: 7 })

    await fresh()
    expect(await importUnsent(file, ME)).toEqual({ ...none, added: 3 })
    const after = await all()
    expect(after.outbox.map(({ id, body, sha256 }) => [id, body, sha256])).toEqual(before.outbox.filter((e) => e.user_id === ME).map(({ id, body, sha256 }) => [id, body, sha256]))
    expect(after.drafts).toEqual(before.drafts)
    for (const photo of await db.photos.toArray()) expect(await digest(photo.bytes)).toBe(photo.sha256)
    expect(after.photos).toHaveLength(4)
    expect(after.outbox.every((entry) => entry.photos.length === entry.photos_total)).toBe(true)
  })

  it('taken in twice, or on the phone it came from, doubles nothing', async () => {
    await finished(['one'])
    await begun()
    const file = await exportUnsent(ME, '')
    const before = await all()
    expect(await importUnsent(file, ME)).toEqual({ ...none, known: 2 })
    expect(await all()).toEqual(before)
  })

  it('brings back nothing that was sent meanwhile, and no older draft over a newer one', async () => {
    const id = await finished(['one'])
    const draft = await begun()
    const file = await exportUnsent(ME, '')
    await db.sent.put({ ...(await db.outbox.get(id))!, sent_at: '', epoch: '', photo_hashes: [] })
    await db.outbox.delete(id)
    await db.drafts.update(draft, { note: 'newer', updated_at: '2999-01-01T00:00:00.000Z' })
    expect(await importUnsent(file, ME)).toEqual({ ...none, known: 2 })
    expect(await db.outbox.count()).toBe(0)
    expect((await db.drafts.get(draft))?.note).toBe('newer')
  })

  it('is for its owner alone', async () => {
    await finished(['one'])
    const file = await exportUnsent(ME, 'Chen')
    await fresh()
    await expect(importUnsent(file, 'user-2')).rejects.toMatchObject({ why: 'somebodyElse', owner: 'Chen' })
    expect(await all()).toEqual({ outbox: [], drafts: [], photos: [] })
  })

  it.each([
    ['nothing', ''],
    ['another text', 'hello'],
    ['another JSON', '{"kind":"something"}'],
  ])('is told from %s', async (_, text) => {
    await expect(importUnsent(new Blob([text]), ME)).rejects.toMatchObject({ why: 'notOurs' })
  })

  it('of a newer app is refused in words', async () => {
    const [head] = await textOf(await exportUnsent(ME, ''))
    await expect(importUnsent(joined([head!.replace('"version":2', '"version":3')]), ME)).rejects.toMatchObject({ why: 'newer' })
  })

  it('loses only what is damaged: a changed photo, a changed report, an entry of somebody else, half a line', async () => {
    await finished(['one'])
    await finished(['two'])
    const lines = await textOf(await exportUnsent(ME, ''))
    await fresh()
    const photo = lines.findIndex((line) => line.includes('"type":"photo"'))
    const damaged = lines.with(photo, lines[photo]!.replace(/"base64":"../, '"base64":"AA'))
    expect(await importUnsent(joined(damaged), ME)).toEqual({ added: 2, known: 0, damaged: 1, missing: 1 })

    await fresh()
    const entry = lines.findIndex((line) => line.includes('"type":"entry"'))
    expect(await importUnsent(joined(lines.with(entry, lines[entry]!.replace('store-1', 'store-2'))), ME)).toMatchObject({ added: 1, damaged: 1 })

    await fresh()
    const foreign = JSON.stringify({ ...(JSON.parse((JSON.parse(lines[entry]!) as { text: string }).text) as OutboxEntry), user_id: 'user-2' })
    const forged = JSON.stringify({ type: 'entry', sha256: await digest(foreign), text: foreign })
    expect(await importUnsent(joined(lines.with(entry, forged)), ME)).toMatchObject({ added: 1, damaged: 1 })

    await fresh()
    const whole = lines.join('\n')
    expect(await importUnsent(new Blob([whole.slice(0, -200)]), ME)).toMatchObject({ added: 1, damaged: 1 })
    expect(await importUnsent(joined(lines.slice(0, -1)), ME)).toMatchObject({ known: 1, damaged: 1 })
  })
})
