/** Hands somebody's unsent work to the browser as a file. */
import type { User } from '@/api/types'
import { exportUnsent } from '@/db/handover'

export async function saveUnsent(user: User | null): Promise<void> {
  if (!user) return
  const file = await exportUnsent(user.id, user.name)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `rounds-${user.username}-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}.rounds`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
