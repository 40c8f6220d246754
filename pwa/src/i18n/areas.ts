/** Turns `./zh/today.ts` → words into `today` → words. */
export function areas(files: Record<string, { default: object }>): Record<string, object> {
  return Object.fromEntries(
    Object.entries(files).map(([path, file]) => [path.replace(/^.*\/(.+)\.ts$/, '$1'), file.default]),
  )
}
