/** Says "Chrome · Android" for what a browser calls itself; a short name is left as it is. Pure. */

const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger/i, 'WeChat'],
  [/\bEdgA?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS/i, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS/, 'Mac'],
  [/Linux/, 'Linux'],
]

function first(table: readonly [RegExp, string][], text: string): string | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}

export function deviceName(name: string): string {
  if (!name.includes('Mozilla/')) return name
  return [first(BROWSERS, name), first(SYSTEMS, name)].filter(Boolean).join(' · ')
}

/** Phones and laptops have different icons. */
export function isLaptop(name: string): boolean {
  return /Windows|Mac|Linux/.test(name) && !/Android|iPhone|iPad/.test(name)
}
