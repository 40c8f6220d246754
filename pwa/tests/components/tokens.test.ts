import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/styles/tokens.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

/** The custom properties between the selector's braces. */
function block(selector: string): Record<string, string> {
  const from = css.indexOf('{', css.indexOf(selector)) + 1
  const body = css.slice(from, css.indexOf('}', from))
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!.trim()]))
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const light = block(':root {')
const dark = block(':root[data-theme="dark"]')
const byPhone = block(':root:not([data-theme="light"])')
const STATES = ['pass', 'fail', 'partial', 'neutral', 'accent']
const SURFACES = ['surface', 'surface-raised', 'surface-sunken']

const texts: [string, string][] = [
  ...SURFACES.flatMap((surface): [string, string][] => [['text', surface], ['text-muted', surface], ['accent', surface]]),
  ...STATES.flatMap((state): [string, string][] => [[state, `${state}-soft`], [state, 'surface-raised'], [state, 'surface'], [`on-${state}`, state], ['text', `${state}-soft`]]),
  ['text-muted', 'accent-soft'],
  ['on-accent', 'accent-strong'],
  ['on-photo', 'photo-back'],
]
const edges: [string, string][] = SURFACES.flatMap((surface): [string, string][] => [['border-strong', surface], ['accent', surface]])

describe.each([['light', light], ['dark', dark]])('%s colours', (_name, colours) => {
  it.each(texts)('text %s on %s reaches 4.5', (text, back) => {
    expect(contrast(colours[text]!, colours[back]!)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(edges)('edge %s on %s reaches 3', (edge, back) => {
    expect(contrast(colours[edge]!, colours[back]!)).toBeGreaterThanOrEqual(3)
  })
})

describe('the dark colours', () => {
  it('are the same whether the phone or the person asks for them', () => {
    expect(byPhone).toEqual(dark)
  })

  it('give every colour of the light ones another value', () => {
    const colours = Object.keys(light).filter((name) => /^(#|rgb)/.test(light[name]!))
    expect(Object.keys(dark).sort()).toEqual([...colours, 'shadow'].sort())
  })
})
