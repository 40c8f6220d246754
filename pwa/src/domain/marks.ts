/**
 * Pictures that were drawn on, and the originals they were drawn on.
 *
 * A marked picture names its original in `marks_of`; the original rides along in the same list, right behind it,
 * so that nothing is hidden by a drawing. The two show one thing, and count as one photo.
 */
interface Listed {
  sha256?: string
  marks_of?: string | null
}

/** Hashes of the pictures that only ride along: not drawn on, and one of the list was drawn on them. */
export function originals(photos: readonly Listed[]): Set<string> {
  const drawnOn = new Set(photos.map((photo) => photo.marks_of))
  const plain = photos.filter((photo) => !photo.marks_of).map((photo) => photo.sha256)
  return new Set(plain.filter((sha256): sha256 is string => !!sha256 && drawnOn.has(sha256)))
}

/** How many photos these are, a marked one and its original counted once. */
export const countPhotos = (photos: readonly unknown[] | undefined): number =>
  photos ? photos.length - originals(photos as readonly Listed[]).size : 0

/** What is shown of a list: without the originals that ride along. */
export function shownPhotos<P extends Listed>(photos: readonly P[]): P[] {
  const hidden = originals(photos)
  return photos.filter((photo) => photo.marks_of || !hidden.has(photo.sha256 ?? ''))
}

/** The list with a drawing made on one of its photos. Drawn on once more, a drawing gives way to the new one. */
export function withMarked<P extends Listed & { id: string }>(photos: readonly P[], id: string, marked: P): P[] {
  return photos.flatMap((photo) => (photo.id !== id ? [photo] : photo.marks_of ? [marked] : [marked, photo]))
}

/** The list without a photo and without the original that rode along with it alone. */
export function withoutPhoto<P extends Listed & { id: string }>(photos: readonly P[], id: string): P[] {
  const left = photos.filter((photo) => photo.id !== id)
  const gone = photos.find((photo) => photo.id === id)
  if (!gone?.marks_of || left.some((photo) => photo.marks_of === gone.marks_of)) return left
  return left.filter((photo) => photo.marks_of || photo.sha256 !== gone.marks_of)
}

/** The original of each marked photo, by hash, as far as it is in the list. */
export function marksOf(photos: readonly { sha256: string; marks_of?: string | null }[]): Record<string, string> {
  const there = new Set(photos.map((photo) => photo.sha256))
  const pairs = photos.map((photo) => [photo.sha256, photo.marks_of ?? ''] as const)
  return Object.fromEntries(pairs.filter(([, original]) => there.has(original)))
}

/** What is shown of photos known by their hashes only: without the originals that ride along. */
export function shownHashes(hashes: readonly string[], marks: Record<string, string> | undefined): string[] {
  const hidden = new Set(Object.values(marks ?? {}))
  return hashes.filter((sha256) => !hidden.has(sha256))
}
