/**
 * What a deed is about, told by where it is sent. Besides reports and steps on tasks a phone makes comments, new
 * tasks and appeals; each has an id of its own, and that is the end of its address. Pure.
 */

export type DeedName = 'comment' | 'task' | 'appeal' | 'other'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const SHAPE = new RegExp(`^(?:/[a-z-]+(?:/${UUID})?)+$`)
const NAMES: [Exclude<DeedName, 'other'>, RegExp][] = [
  ['comment', new RegExp(`^/tasks/(${UUID})/comments/${UUID}$`)],
  ['appeal', new RegExp(`^/inspections/(${UUID})/appeals/${UUID}$`)],
  ['task', new RegExp(`^/tasks/(${UUID})$`)],
]

/** What people call it. */
export const deedName = (path: string | undefined): DeedName => NAMES.find(([, shape]) => shape.test(path ?? ''))?.[0] ?? 'other'

/** Whether it is an address of our API for the thing with this id, and nothing else. */
export const isDeedPath = (path: unknown, id: string): path is string => typeof path === 'string' && SHAPE.test(path) && path.endsWith(`/${id}`)

/** Where in the app one sees what became of it; null when there is no such screen. */
export function deedScreen(path: string | undefined): string | null {
  for (const [name, shape] of NAMES) {
    const found = shape.exec(path ?? '')
    if (found) return name === 'appeal' ? `/inspections/${found[1]}` : `/tasks/${found[1]}`
  }
  return null
}
