/** Which phone this is, as far as a report says so: a random id that is made once. */
import { getMeta, setMeta } from './schema'
import { newId } from './ids'

export async function deviceId(): Promise<string> {
  const known = await getMeta<string>('device_id')
  if (known) return known
  const made = newId()
  await setMeta('device_id', made)
  return made
}
