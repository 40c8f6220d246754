/** Codes for new checklists: short, telling, and not taken. */

const MOST_INITIALS = 4
export const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** "Night stock check" → NSC-01, or the next number that is free; without an English name LIST-01. */
export function suggestCode(english: string, taken: readonly string[]): string {
  const initials = (english.match(/[A-Za-z]+/g) ?? []).map((word) => word[0]!.toUpperCase()).slice(0, MOST_INITIALS)
  return firstFree(initials.length ? initials.join('') : 'LIST', taken, 1, 2)
}

/** CVS-01 → CVS-01-2, or the next number that is free. */
export function copyCode(code: string, taken: readonly string[]): string {
  return firstFree(code.slice(0, 60), taken, 2, 1)
}

function firstFree(stem: string, taken: readonly string[], from: number, digits: number): string {
  const used = new Set(taken.map((one) => one.toUpperCase()))
  for (let n = from; ; n += 1) {
    const code = `${stem}-${String(n).padStart(digits, '0')}`
    if (!used.has(code.toUpperCase())) return code
  }
}
