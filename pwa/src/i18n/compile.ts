/**
 * Turns a message into what says it. Our messages know two things, `{name}` and the forms of a count between `|`;
 * this small reader of them takes the place of the library's, which knows a whole language and is as large.
 */
interface Sayer {
  named(key: string): unknown
  plural(forms: string[]): string
}
export type Said = (sayer: Sayer) => string

const known = new Map<string, Said>()
const shown = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

function form(text: string): Said {
  // Split by what stands in braces: words at even places, names at odd ones.
  const parts = text.split(/\{\s*(\w+)\s*\}/)
  return parts.length === 1 ? () => text : ({ named }) => parts.map((part, at) => (at % 2 ? shown(named(part)) : part)).join('')
}

function made(message: string): Said {
  const forms = message.split('|').map((one) => form(one.trim()))
  return forms.length === 1 ? form(message) : (sayer) => sayer.plural(forms.map((one) => one(sayer)))
}

/** What says the message; the same message is read once. */
export function compile(message: string): Said {
  const found = known.get(message)
  if (found) return found
  const fresh = made(message)
  known.set(message, fresh)
  return fresh
}
