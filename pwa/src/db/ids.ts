/** UUIDv7: ids that sort by the time they were made; later ones of this tab compare greater. */

let last = 0
let count = 0

export function newId(now: number = Date.now()): string {
  count = now > last ? Math.floor(Math.random() * 0x400) : count + 1
  last = Math.max(now, last)
  if (count > 0xfff) {
    count = 0
    last += 1
  }
  const random = crypto.getRandomValues(new Uint8Array(8))
  const time = last.toString(16).padStart(12, '0')
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = (0x8 | ((random[0] ?? 0) & 0x3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`
}
