/** The explanation of a report's score: the server's, or made on this phone when the server cannot be asked. */
import { explanation as readExplanation } from '@/api/endpoints'
import type { Inspection, InspectionDocument, JudgedAnswer } from '@/api/types'
import { failedBeforeHere } from '@/db/earlier'
import { db } from '@/db/schema'
import type { AnswerFacts, Content, Explanation } from '@/domain/checklist'
import { explain } from '@/domain/explaining'
import { inForce } from '@/domain/inForce'
import { roundTitles, type RoundTitles } from '../checklist/roundTitles'

export interface ExplainedReport {
  explanation: Explanation
  /** What was in force at the visit; null when the checklist cannot be read. */
  content: Content | null
  titles: RoundTitles | null
  answers: AnswerFacts[]
  onDate: string
}

const GIVEN = ['pass', 'fail', 'na', 'cannot_check'] as const

/** An answer as it was given, out of the judged one: a partial result is the judge's and not the inspector's. */
export function factsOf({ result, ...answer }: JudgedAnswer): AnswerFacts {
  return { ...answer, result: GIVEN.find((one) => one === result) ?? null }
}

/** What was in force at the visit of this report. */
export const reportContent = (whole: Content, report: Pick<Inspection, 'context' | 'rounds' | 'on_date'>, answers: readonly AnswerFacts[]): Content =>
  inForce(whole, report.context ?? null, answers, report.rounds ?? {}, report.on_date)

/** Of a report that was read from the server; null when neither side can explain it now. */
export async function explainReport(report: Inspection, whole: Content | null): Promise<ExplainedReport | null> {
  const answers = report.answers.map(factsOf)
  const content = whole && reportContent(whole, report, answers)
  const explanation = await readExplanation(report.id).catch(() => content && explain(content, answers, report.on_date, report.score_facts.repeats ?? []))
  return explanation && { explanation, content, titles: whole && roundTitles(whole, report.rounds ?? {}), answers, onDate: report.on_date }
}

/** Of a report that this phone has sent or will send; null when it is not here or its checklist is not. */
export async function explainOwn(id: string): Promise<ExplainedReport | null> {
  const entry = (await db.outbox.get(id)) ?? (await db.sent.get(id))
  if (entry?.kind !== 'inspection') return null
  const document = JSON.parse(entry.body) as InspectionDocument
  const whole = (await db.versions.get([document.checklist_id, document.checklist_version]))?.content
  if (!whole) return null
  const content = reportContent(whole, document, document.answers)
  const earlier = await failedBeforeHere({ ...document, id, at: document.submitted_at })
  const explanation = explain(content, document.answers, document.on_date, earlier)
  return { explanation, content, titles: roundTitles(whole, document.rounds ?? {}), answers: document.answers, onDate: document.on_date }
}
