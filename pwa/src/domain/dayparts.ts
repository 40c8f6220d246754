/** The parts of a day by which an item may apply: the breakfast shelf is not judged at night. */
import type { Daypart } from './checklist'

const BEGINS: [hour: number, name: Daypart][] = [
  [22, 'night'],
  [17, 'evening'],
  [14, 'afternoon'],
  [11, 'midday'],
  [5, 'morning'],
]

/** Which part of the day an hour from 0 to 23 of the store's own clock is in; the night goes on until five. */
export const daypartOf = (hour: number): Daypart => BEGINS.find(([begin]) => hour >= begin)?.[1] ?? 'night'
