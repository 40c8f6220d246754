import 'fake-indexeddb/auto'
import { afterEach, expect, it } from 'vitest'
import { saveFixNote } from '@/db/fixes'
import { unsent } from '@/db/outbox'
import { db } from '@/db/schema'

afterEach(() => Promise.all(db.tables.map((table) => table.clear())))

it('a fix that is being prepared is only on this phone, and counts; an empty one does not', async () => {
  await saveFixNote('task', 'me', 'changed the seal')
  await saveFixNote('other task', 'me', '  ')
  await saveFixNote('task', 'somebody else', 'theirs')
  expect(await unsent('me')).toBe(1)
})
