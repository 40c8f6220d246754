/** Hashes and their spellings. */

/** The SHA-256 of some bytes. */
export async function sha256(bytes: BufferSource): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** Small hex digits. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Base64 as headers and exports want it. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}

/** The SHA-256 of a text, in hex. */
export async function textSha256(text: string): Promise<string> {
  return hex(await sha256(new TextEncoder().encode(text)))
}

/** The bytes of a text in base64; null when it is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  } catch {
    return null
  }
}

/** The photos that a document lists, originals of drawn-on copies among them. */
export function hashesIn(body: string): string[] {
  return [...new Set(Array.from(body.matchAll(/"(?:sha256|marks_of)":"([0-9a-f]{64})"/g), (match) => match[1] ?? ''))]
}
