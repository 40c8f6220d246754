/** Saving mobile data: reports and steps always go at once; photos may wait for Wi-Fi when the person wants so. */
import { getMeta, setMeta } from '@/db/schema'

const KEY = 'photos_on_wifi'
const UNMETERED = new Set(['wifi', 'ethernet'])

interface Connection extends EventTarget {
  type?: string
}

let now = false

const connection = (): Connection | undefined => (navigator as Navigator & { connection?: Connection }).connection

/** True, false, or null where the browser does not say. */
export function onWifi(): boolean | null {
  const type = connection()?.type
  return type === undefined || type === 'unknown' ? null : UNMETERED.has(type)
}

export const savesData = async (): Promise<boolean> => (await getMeta<boolean>(KEY)) ?? false

export async function setSavesData(yes: boolean): Promise<void> {
  now = false
  await setMeta(KEY, yes)
}

/** Somebody wants the photos sent this time, whatever the network; it holds until the app is opened anew. */
export function sendPhotosNow(): void {
  now = true
}

/** Whether photos may be sent. Where the browser hides the kind of network, the person decides. */
export async function photosMayGo(): Promise<boolean> {
  return now || !(await savesData()) || onWifi() === true
}

/** Tells when the kind of network changes, where the browser says so. */
export function whenNetworkChanges(deed: () => void): void {
  connection()?.addEventListener?.('change', deed)
}
