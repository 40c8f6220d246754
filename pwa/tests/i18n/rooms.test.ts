import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { AREAS } from '@/i18n/areas'
import { SPOKEN_IN } from '@/i18n/rooms'

const SPEAKS = new RegExp(`['"\`](${AREAS.join('|')})\\.[A-Za-z$]`, 'g')
/** A part that comes later together with its own words: `withWords(['camera'], () => import('./Part.vue'))`. */
const LATER = /withWords\(\s*\[([^\]]*)\],\s*\(\) =>\s*import\('([^']+)'\)/g
const IMPORTS = /(?:from|import)\s*\(?\s*'([^']+)'/g

function fileOf(from: string, what: string): string | null {
  if (!what.startsWith('@/') && !what.startsWith('.')) return null
  const base = what.startsWith('@/') ? join('src', what.slice(2)) : normalize(join(dirname(from), what))
  const found = [base, `${base}.ts`, join(base, 'index.ts')].find((path) => existsSync(path) && statSync(path).isFile())
  return found && /^src\/(?!i18n\/).*\.(ts|vue)$/.test(found) ? found : null
}

/** Areas that are spoken in the file and in all that it brings with it, each with a file that speaks it. */
function spokenFrom(file: string, spoken = new Map<string, string>(), seen = new Set<string>()): Map<string, string> {
  if (seen.has(file)) return spoken
  seen.add(file)
  const text = readFileSync(file, 'utf8').replace(LATER, '')
  for (const [, area] of text.matchAll(SPEAKS)) spoken.set(area!, file)
  for (const [, what] of text.matchAll(IMPORTS)) {
    const next = fileOf(file, what!)
    if (next) spokenFrom(next, spoken, seen)
  }
  return spoken
}

const rooms = readdirSync('src/screens').filter((room) => existsSync(`src/screens/${room}/routes.ts`))

it('every room is known, and no other', () => {
  expect(Object.keys(SPOKEN_IN).sort()).toEqual(rooms.sort())
})

it.each(rooms)('%s fetches the words that it speaks', (room) => {
  const spoken = spokenFrom(`src/screens/${room}/routes.ts`)
  const here = new Set(['common', ...(SPOKEN_IN[room] ?? [])])
  expect([...spoken].filter(([area]) => !here.has(area))).toEqual([])
  expect([...here].filter((area) => area !== 'common' && !spoken.has(area)), 'fetched and never spoken').toEqual([])
})

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)).filter((path) => /\.(vue|ts)$/.test(path))
}

it('a part that comes later brings its own words', () => {
  const parts = sources('src').flatMap((path) => [...readFileSync(path, 'utf8').matchAll(LATER)].map(([, areas, what]) => ({ path, areas: areas!, what: what! })))
  expect(parts.length).toBeGreaterThan(0)
  for (const { path, areas, what } of parts) {
    const spoken = [...spokenFrom(fileOf(path, what)!).keys()].filter((area) => area !== 'common').sort()
    expect([...areas.matchAll(/'(\w+)'/g)].map((found) => found[1]).sort(), `${path}: ${what}`).toEqual(spoken)
  }
})
