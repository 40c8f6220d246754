/** A fix that is being prepared: its photos and words, kept on this phone until the step is handed in. */
import type { Photo } from '@/domain/checklist'
import { withMarked, withoutPhoto } from '@/domain/marks'
import type { ProcessedPhoto } from '@/photos'
import { describe, describeMarked, keepPhoto } from './keptPhotos'
import { db, safely, type MetaRow } from './schema'

export interface Fix {
  photos: Photo[]
  note: string
}

const PREFIX = 'fix:'
const ofPerson = (userId: string): string => `${PREFIX}${userId}:`

/** Under which key of `meta` somebody's fix of a task is prepared. */
export const fixKey = (taskId: string, userId: string): string => `${ofPerson(userId)}${taskId}`

/** What was prepared so far. */
export async function fixOf(taskId: string, userId: string): Promise<Fix> {
  return ((await db.meta.get(fixKey(taskId, userId)))?.value as Fix | undefined) ?? { photos: [], note: '' }
}

/** All fixes that are being prepared on this phone, whoever prepares them. */
export async function allFixes(): Promise<Fix[]> {
  const rows = await db.meta.where('key').startsWith(PREFIX).toArray()
  return rows.map((row) => row.value as Fix)
}

/** What somebody is preparing here, as it is kept. */
export const preparedBy = (userId: string): Promise<MetaRow[]> => db.meta.where('key').startsWith(ofPerson(userId)).toArray()

/** True for the key of something that this person prepares. */
export const isPreparedBy = (key: string, userId: string): boolean => key.startsWith(ofPerson(userId))

/** How many fixes somebody has begun to prepare here. */
export async function preparedFixes(userId: string): Promise<number> {
  const fixes = (await preparedBy(userId)).map((row) => row.value as Fix)
  return fixes.filter((fix) => fix.photos.length || fix.note.trim()).length
}

async function change(taskId: string, userId: string, edit: (fix: Fix) => Fix): Promise<void> {
  await db.meta.put({ key: fixKey(taskId, userId), value: edit(await fixOf(taskId, userId)) })
}

async function keepAndList(taskId: string, userId: string, taken: ProcessedPhoto, edit: (photos: Photo[]) => Photo[]): Promise<void> {
  await safely(() =>
    db.transaction('rw', db.meta, db.photos, async () => {
      await keepPhoto(taken, userId)
      await change(taskId, userId, (fix) => ({ ...fix, photos: edit(fix.photos) }))
    }),
  )
}

/** Adds a photo of the mended state: its bytes and its place together. */
export async function addFixPhoto(taskId: string, userId: string, taken: ProcessedPhoto): Promise<Photo> {
  const photo = describe(taken, null)
  await keepAndList(taskId, userId, taken, (photos) => [...photos, photo])
  return photo
}

/** Lists a drawing in the place of the photo it was made on, which rides along behind it. */
export async function markFixPhoto(taskId: string, userId: string, drawnOn: Photo, taken: ProcessedPhoto): Promise<Photo> {
  const photo = describeMarked(taken, drawnOn)
  await keepAndList(taskId, userId, taken, (photos) => withMarked(photos, drawnOn.id, photo))
  return photo
}

/** Takes a photo out, with the original that rode along, and gives the way back. */
export async function removeFixPhoto(taskId: string, userId: string, photoId: string): Promise<() => Promise<void>> {
  const edit = (deed: (photos: Photo[]) => Photo[]): Promise<void> =>
    safely(() => db.transaction('rw', db.meta, () => change(taskId, userId, (fix) => ({ ...fix, photos: deed(fix.photos) }))))
  let taken: Photo[] = []
  let place = 0
  await edit((photos) => {
    const left = withoutPhoto(photos, photoId)
    taken = photos.filter((photo) => !left.includes(photo))
    place = Math.max(0, photos.findIndex((photo) => photo.id === photoId))
    return left
  })
  return () => edit((photos) => photos.toSpliced(place, 0, ...taken))
}

/** Keeps the words of a fix as they are typed. */
export const saveFixNote = (taskId: string, userId: string, note: string): Promise<void> =>
  safely(() => db.transaction('rw', db.meta, () => change(taskId, userId, (fix) => ({ ...fix, note }))))
