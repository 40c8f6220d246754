/** Which reference pictures are on this phone already. */
import { referenceAddress, REFERENCES, referencesOf, SIZES } from './references'
import type { Content } from '@/domain/checklist'

/** The addresses of all pictures of a checklist, in the sizes that are kept. */
export const addressesOf = (content: Content): string[] => referencesOf(content).flatMap((sha256) => SIZES.map((size) => referenceAddress(sha256, size)))

/** The addresses of all reference pictures that are kept; without a cache there are none. */
export async function keptAddresses(): Promise<Set<string>> {
  if (!('caches' in globalThis)) return new Set()
  const requests = await (await caches.open(REFERENCES)).keys()
  return new Set(requests.map(({ url }) => new URL(url).pathname + new URL(url).search))
}
