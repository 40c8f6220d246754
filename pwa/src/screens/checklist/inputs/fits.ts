/** Whether a few words stand side by side on the narrowest phone (360 px), where a card leaves 288 px. */
const ROOM = 288
const PADDING = 12
const MOST = 4

/** Chinese characters are as wide as the type is high, others a little over half of it. */
const width = (label: string): number => [...label].reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.56), 0)

export function fitsOneRow(labels: readonly string[]): boolean {
  if (labels.length > MOST) return false
  const type = labels.length > 3 ? 14 : 16
  return labels.reduce((sum, label) => sum + width(label) * type + PADDING, 0) <= ROOM
}
