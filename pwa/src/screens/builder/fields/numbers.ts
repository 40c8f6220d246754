/** Numbers as people type them. */

export type Read = { ok: true; value: number | null } | { ok: false; why: 'missing' | 'wrong' | 'whole' }

/** A number with at most three decimals, null for nothing where nothing is allowed, or why it is none. */
export function readNumber(text: string, { empty = false, whole = false }: { empty?: boolean; whole?: boolean }): Read {
  const clean = text.trim().replace(/[，,]/, '.').replace(/[−–－]/, '-').replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
  if (clean === '') return empty ? { ok: true, value: null } : { ok: false, why: 'missing' }
  if (!/^-?\d{1,7}(\.\d{1,3})?$/.test(clean)) return { ok: false, why: 'wrong' }
  return whole && clean.includes('.') ? { ok: false, why: 'whole' } : { ok: true, value: Number(clean) }
}
