/** ISO weeks. Pure. */

/** The Monday of a week such as 2026-W48, as 2026-11-23. */
export function mondayOf(week: string): string {
  const [year, number] = week.split('-W').map(Number)
  if (!year || !number) return ''
  // 4 January always lies in the first week.
  const fourth = new Date(Date.UTC(year, 0, 4))
  const weekday = (fourth.getUTCDay() + 6) % 7
  return new Date(Date.UTC(year, 0, 4 - weekday + (number - 1) * 7)).toISOString().slice(0, 10)
}

interface Weekly {
  weeks: readonly { week: string; visits: number }[]
}

/** All weeks that anybody has visits in, and for each line its visits week by week. */
export function grid<T extends Weekly>(lines: readonly T[]): { weeks: string[]; rows: { line: T; visits: number[]; total: number }[]; most: number } {
  const weeks = [...new Set(lines.flatMap((line) => line.weeks.map(({ week }) => week)))].toSorted()
  const rows = lines.map((line) => {
    const by = new Map(line.weeks.map(({ week, visits }) => [week, visits]))
    const visits = weeks.map((week) => by.get(week) ?? 0)
    return { line, visits, total: visits.reduce((sum, n) => sum + n, 0) }
  })
  return { weeks, rows, most: Math.max(1, ...rows.flatMap((row) => row.visits)) }
}
