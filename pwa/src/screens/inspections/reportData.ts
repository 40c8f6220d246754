/** A report put in the order of its checklist, for showing. */
import { request } from '@/api/http'
import type { Bilingual, ChecklistVersion, Inspection, JudgedAnswer } from '@/api/types'
import { db } from '@/db/schema'
import type { Content, Item } from '@/domain/checklist'
import { shownPhotos } from '@/domain/marks'
import type { RoundTitles } from '../checklist/roundTitles'

export interface AnswerView {
  answer: JudgedAnswer
  /** Null when the checklist could not be read. */
  item: Item | null
  /** Its place in the checklist, from 1. */
  number: number | null
  /** In a repeated section: which round it belongs to. */
  round: Bilingual | null
}

export interface SectionView {
  key: string
  name: Bilingual | null
  answers: AnswerView[]
  findings: number
}

/** A published version never changes, so the phone's copy is as good as the server's. Null when there is neither. */
export async function contentOf(checklistId: string, number: number): Promise<Content | null> {
  const known = await db.versions.get([checklistId, number]).catch(() => undefined)
  if (known) return known.content
  const path = `/checklists/${checklistId}/versions/${number}`
  return request<ChecklistVersion>(path).then((version) => version.content).catch(() => null)
}

function section(key: string, name: Bilingual | null, answers: AnswerView[]): SectionView {
  return { key, name, answers, findings: answers.filter((view) => view.answer.finding).length }
}

/** The answers by section in the order of what was in force; what the checklist does not know comes last. */
export function sectionsOf(answers: readonly JudgedAnswer[], content: Content | null, titles: RoundTitles | null = null): SectionView[] {
  const given = new Map(answers.map((answer) => [answer.item_key, answer]))
  let number = 0
  const sections = (content?.sections ?? []).map((one) => {
    const views: AnswerView[] = []
    for (const item of one.items) {
      number += 1
      const answer = given.get(item.key)
      if (answer) views.push({ answer, item, number, round: titles?.before(item.key) ?? null })
      given.delete(item.key)
    }
    return section(one.key, titles?.of(one) ?? one.name, views)
  })
  const rest = [...given.values()].map((answer) => ({ answer, item: null, number: null, round: null }))
  return [...sections, section('', null, rest)].filter((one) => one.answers.length)
}

/** Red lines first, then key items, then the order of the checklist. */
export function findingsOf(sections: readonly SectionView[]): AnswerView[] {
  const weight = (view: AnswerView): number => ({ redline: 0, key: 1, general: 2 })[view.item?.flag ?? 'general']
  return sections.flatMap((one) => one.answers).filter((view) => view.answer.finding).toSorted((a, b) => weight(a) - weight(b))
}

/** All photos as one row for the viewer, a drawn-on one for its original too, with what is needed to find one again. */
export function photosOf(sections: readonly SectionView[]) {
  return sections.flatMap((one) => one.answers).flatMap((view) => [
    ...shownPhotos(view.answer.photos).map((photo, at) => ({ view, photo, at, fix: false })),
    ...shownPhotos(view.answer.fix_photos).map((photo, at) => ({ view, photo, at, fix: true })),
  ])
}

export const isMissing = (report: Inspection, sha256: string): boolean => report.missing_photos.includes(sha256)
