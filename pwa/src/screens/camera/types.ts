/** What the camera and the drawing need from whoever opens them. */
import type { Photo } from '@/domain/checklist'
import type { Picture } from '@/photos'
import type { KeptPhoto } from '../checklist/photoHandler'

/** Where shots go. */
export interface Roll {
  take(picture: Picture): Promise<KeptPhoto>
  mark(photo: Photo, picture: Picture): Promise<KeptPhoto>
  remove(photo: Photo): Promise<() => Promise<void>>
  /** Somebody was told that the photo is poor, and keeps it as it is. */
  accept(photo: Photo): Promise<void>
}
