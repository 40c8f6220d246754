/** What the company has settled, as this phone was told last. */
import { request } from '@/api/http'
import { getMeta, setMeta } from './schema'

interface Settings {
  bulk_approve?: boolean
}

const KEY = 'company'

/** Whether fixes of general items may be approved many at once; the server's word, else the last one, else yes. */
export async function bulkAllowed(): Promise<boolean> {
  const known = getMeta<Settings>(KEY)
  const asked = request<Settings>('/company/settings').then(async (found) => {
    await setMeta(KEY, { bulk_approve: found.bulk_approve })
    return found
  })
  const settings = await asked.catch(() => known)
  return settings?.bulk_approve ?? true
}
