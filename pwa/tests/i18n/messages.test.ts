import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Words = { [key: string]: string | Words }
const zh = import.meta.glob<{ default: Words }>('../../src/i18n/zh/*.ts', { eager: true })
const en = import.meta.glob<{ default: Words }>('../../src/i18n/en/*.ts', { eager: true })

function area(path: string): string {
  return path.replace(/^.*\/(.+)\.ts$/, '$1')
}

function flat(words: Words, before = ''): Record<string, string> {
  return Object.assign({}, ...Object.entries(words).map(([key, value]) => (typeof value === 'string' ? { [before + key]: value } : flat(value, `${before}${key}.`)))) as Record<string, string>
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!))].sort()
}

const chinese = Object.fromEntries(Object.entries(zh).map(([path, file]) => [area(path), flat(file.default)]))
const english = Object.fromEntries(Object.entries(en).map(([path, file]) => [area(path), flat(file.default)]))

it('both languages have the same areas', () => {
  expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort())
})

describe.each(Object.keys(chinese))('the words of %s', (name) => {
  const one = chinese[name]!
  const other = english[name] ?? {}

  it('have the same keys in both languages', () => {
    expect(Object.keys(one).sort()).toEqual(Object.keys(other).sort())
  })

  it('are never empty', () => {
    const empty = [...Object.entries(one), ...Object.entries(other)].filter(([, value]) => value.trim() === '')
    expect(empty).toEqual([])
  })

  it('name the same facts in both languages', () => {
    const differing = Object.keys(one).filter((key) => String(placeholders(one[key]!)) !== String(placeholders(other[key] ?? '')))
    expect(differing).toEqual([])
  })

  it('are punctuated as Chinese is', () => {
    const halfWidth = Object.entries(one).filter(([, value]) => /\p{Script=Han}[,;?!:]/u.test(value))
    expect(halfWidth).toEqual([])
  })
})

/** Every file of the app that may ask for words. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'i18n' ? [] : sources(path)
    return /\.(vue|ts)$/.test(entry.name) ? [path] : []
  })
}

it('every key that the app asks for by name exists', () => {
  const known = new Set(Object.entries(chinese).flatMap(([name, words]) => Object.keys(words).map((key) => `${name}.${key}`)))
  const asked = sources('src').flatMap((path) => {
    const text = readFileSync(path, 'utf8')
    return [...text.matchAll(/\bt\(\s*'([a-z]+\.[\w.-]+)'/g), ...text.matchAll(/title: '([a-z]+\.[\w.-]+)'/g)].map((found) => ({ key: found[1]!, path }))
  })
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.filter(({ key }) => !known.has(key))).toEqual([])
})
