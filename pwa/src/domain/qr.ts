/**
 * QR pictures of short texts, by ISO/IEC 18004: byte mode, level M (about 15 % may be dirty), versions 1 to 10
 * (up to 213 bytes). Gives the dark squares; drawing them, with four light squares around, is the screen's.
 */

/** Of each version: error correction bytes a block, then pairs of blocks and data bytes a block. */
const BLOCKS: readonly (readonly number[])[] = [
  [10, 1, 16], [16, 1, 28], [26, 1, 44], [18, 2, 32], [24, 2, 43],
  [16, 4, 27], [18, 4, 31], [22, 2, 38, 2, 39], [22, 3, 36, 2, 37], [26, 4, 43, 1, 44],
]
/** Where the middles of the small alignment squares lie, in both directions. */
const ALIGNED: readonly (readonly number[])[] = [
  [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
]
const MASKS: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
]

/** The text is longer than 213 bytes. */
export class TooLong extends Error {
  override readonly name = 'TooLong'
}

const EXP = new Uint8Array(512)
const LOG = new Uint8Array(256)
for (let i = 0, x = 1; i < 255; i += 1) {
  EXP[i] = EXP[i + 255] = x
  LOG[x] = i
  x = x & 0x80 ? (x << 1) ^ 0x11d : x << 1
}

/** The error correction bytes of a block: what remains of it divided by the generator of that degree. */
export function correction(data: readonly number[], count: number): number[] {
  let generator = [1]
  for (let i = 0; i < count; i += 1) {
    const next = [...generator, 0]
    generator.forEach((value, at) => (next[at + 1]! ^= value ? EXP[LOG[value]! + i]! : 0))
    generator = next
  }
  const rest = [...data, ...new Array<number>(count).fill(0)]
  for (let at = 0; at < data.length; at += 1) {
    const lead = rest[at]!
    if (lead) generator.forEach((value, i) => (rest[at + i]! ^= EXP[LOG[value]! + LOG[lead]!]!))
  }
  return rest.slice(data.length)
}

/** Some bits with what remains of them divided by a polynomial behind, as format and version are written. */
export function guarded(value: number, polynomial: number): number {
  const degree = 31 - Math.clz32(polynomial)
  let rest = value << degree
  while (31 - Math.clz32(rest) >= degree) rest ^= polynomial << (31 - Math.clz32(rest) - degree)
  return (value << degree) | rest
}

/** Level M is written as 00. */
export const formatBits = (mask: number): number => guarded(mask, 0x537) ^ 0x5412
export const versionBits = (version: number): number => guarded(version, 0x1f25)

const capacity = (version: number): number => {
  const [, ...pairs] = BLOCKS[version - 1]!
  return pairs.reduce((sum, count, i) => (i % 2 ? sum : sum + count * pairs[i + 1]!), 0)
}

/** The data bytes of a text: mode, length, the bytes themselves, and what fills the version up. */
function dataBytes(bytes: Uint8Array, version: number): number[] {
  const head = version < 10 ? [4, bytes.length] : [4, bytes.length >> 8, bytes.length & 255]
  const halves = [head[0]!, ...head.slice(1).flatMap((byte) => [byte >> 4, byte & 15]), ...[...bytes].flatMap((byte) => [byte >> 4, byte & 15]), 0]
  const out: number[] = []
  for (let i = 0; i < halves.length; i += 2) out.push((halves[i]! << 4) | (halves[i + 1] ?? 0))
  for (let pad = 0xec; out.length < capacity(version); pad ^= 0xec ^ 0x11) out.push(pad)
  return out.slice(0, capacity(version))
}

/** Blocks with their error correction, woven into one row of bytes. */
function woven(data: readonly number[], version: number): number[] {
  const [count = 0, ...pairs] = BLOCKS[version - 1]!
  const blocks: number[][] = []
  let from = 0
  for (let i = 0; i < pairs.length; i += 2) {
    for (let n = 0; n < pairs[i]!; n += 1, from += pairs[i + 1]!) blocks.push(data.slice(from, from + pairs[i + 1]!))
  }
  const weave = (rows: readonly number[][]): number[] => rows.at(-1)!.flatMap((_, i) => rows.map((row) => row[i]).filter((byte) => byte !== undefined))
  return [...weave(blocks), ...weave(blocks.map((block) => correction(block, count)))]
}

type Cells = (boolean | null)[][]

/** The squares that every picture of a version has; null where data goes. */
function frame(version: number): Cells {
  const size = 17 + 4 * version
  const cells: Cells = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null))
  const square = (top: number, left: number, half: number, dark: (ring: number) => boolean): void => {
    for (let dy = -half; dy <= half; dy += 1) {
      for (let dx = -half; dx <= half; dx += 1) {
        const row = cells[top + dy]
        if (row && left + dx >= 0 && left + dx < size) row[left + dx] = dark(Math.max(Math.abs(dy), Math.abs(dx)))
      }
    }
  }
  for (const [y, x] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) square(y, x, 4, (ring) => ring !== 2 && ring !== 4)
  const middles = ALIGNED[version - 1]!
  for (const y of middles) for (const x of middles) if (cells[y]![x] === null) square(y, x, 2, (ring) => ring !== 1)
  for (let i = 8; i < size - 8; i += 1) cells[6]![i] = cells[i]![6] = i % 2 === 0
  stamp(cells, version, 0)
  return cells
}

/** Writes format and version. */
function stamp(cells: Cells, version: number, mask: number): void {
  const size = cells.length
  const format = formatBits(mask)
  for (let i = 0; i < 15; i += 1) {
    const dark = ((format >> i) & 1) === 1
    cells[i < 6 ? i : i < 8 ? i + 1 : size - 15 + i]![8] = dark
    cells[8]![i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i] = dark
  }
  cells[size - 8]![8] = true
  if (version < 7) return
  const told = versionBits(version)
  for (let i = 0; i < 18; i += 1) {
    const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)]
    cells[far]![near] = cells[near]![far] = ((told >> i) & 1) === 1
  }
}

/** Lays the bits in the free squares, two columns at a time, up and down from the right. */
function filled(empty: Cells, bytes: readonly number[], version: number, mask: number): boolean[][] {
  const cells = empty.map((row) => [...row])
  const size = cells.length
  let bit = 0
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (cells[y]![x] !== null) continue
        const dark = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        cells[y]![x] = dark !== MASKS[mask]!(y, x)
        bit += 1
      }
    }
  }
  stamp(cells, version, mask)
  return cells as boolean[][]
}

const FINDER = [true, false, true, true, true, false, true]

/** How hard a picture is to read: long runs, blocks of one colour, what looks like a corner, too dark or light. */
function penalty(cells: readonly boolean[][]): number {
  const size = cells.length
  const columns = cells.map((_, x) => cells.map((row) => row[x]!))
  let sum = 0
  for (const line of [...cells, ...columns]) {
    let run = 1
    for (let i = 1; i <= size; i += 1) {
      if (i < size && line[i] === line[i - 1]) run += 1
      else {
        if (run >= 5) sum += run - 2
        run = 1
      }
    }
    for (let i = 0; i + 7 <= size; i += 1) {
      if (!FINDER.every((dark, at) => line[i + at] === dark)) continue
      const light = (from: number): boolean => from >= 0 && from + 4 <= size && [0, 1, 2, 3].every((at) => !line[from + at])
      if (light(i - 4) || light(i + 7)) sum += 40
    }
  }
  for (let y = 1; y < size; y += 1) {
    for (let x = 1; x < size; x += 1) {
      const here = cells[y]![x]
      if (here === cells[y - 1]![x] && here === cells[y]![x - 1] && here === cells[y - 1]![x - 1]) sum += 3
    }
  }
  const dark = cells.flat().filter(Boolean).length
  return sum + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10))
}

/** The dark squares of a text's picture, row by row. Throws TooLong. */
export function qr(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text)
  const version = BLOCKS.findIndex((_, i) => bytes.length + (i < 9 ? 2 : 3) <= capacity(i + 1)) + 1
  if (version === 0) throw new TooLong()
  const woof = woven(dataBytes(bytes, version), version)
  const empty = frame(version)
  const pictures = MASKS.map((_, mask) => filled(empty, woof, version, mask))
  const hard = pictures.map(penalty)
  return pictures[hard.indexOf(Math.min(...hard))]!
}

/** The same as one path for SVG, a unit each square, with `quiet` light squares around. */
export function qrPath(cells: readonly boolean[][], quiet = 4): { size: number; d: string } {
  const d = cells.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : ''))).join('')
  return { size: cells.length + 2 * quiet, d }
}
