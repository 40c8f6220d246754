/** All Chinese words, one chunk of their own. */
import { areas } from './areas'

export default areas(import.meta.glob<{ default: object }>('./zh/*.ts', { eager: true }))
