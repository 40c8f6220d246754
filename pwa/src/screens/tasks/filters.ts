/**
 * What a list of tasks shows, as it stands in the address: a tab, filters, and what was searched for. Everything but
 * the tab narrows; an address that names states leads to the tab where those are. Pure.
 */
import type { Task, TaskState } from '@/api/types'
import { isEnded, isToDo, pressing } from './taskClock'

export const TABS = ['review', 'todo', 'all', 'closed'] as const
export type TaskTab = (typeof TABS)[number]
export const DUE = ['overdue', 'due_soon', 'today', 'week'] as const
export type Due = (typeof DUE)[number]
export const SOURCES = ['inspection', 'manual', 'complaint', 'campaign'] as const
const STATES: readonly TaskState[] = ['open', 'in_progress', 'submitted', 'closed', 'waived', 'cancelled']
const FLAGS: readonly Task['flag'][] = ['general', 'key', 'redline']

export interface TaskFilter {
  tab: TaskTab
  status: TaskState[]
  due: Due | null
  flag: Task['flag'] | null
  store: string | null
  region: string | null
  /** Somebody's id; `none` for nobody. */
  assignee: string | null
  reviewer: string | null
  source: (typeof SOURCES)[number] | null
  mine: boolean
  sent_back: boolean
  reopened: boolean
  /** Somebody asks for more time, and nobody has answered. */
  extension: boolean
  appeal: boolean
  q: string
}

type Query = Record<string, unknown>
const text = (query: Query, name: string): string | null => {
  const value = query[name]
  return typeof value === 'string' && value ? value : null
}
const one = <T extends string>(query: Query, name: string, known: readonly T[]): T | null => known.find((value) => value === query[name]) ?? null

/** Where these states are; what lies in several places is under "all". */
function tabOf(states: readonly TaskState[]): TaskTab | null {
  if (!states.length) return null
  const places = new Set(states.map((status) => (isToDo({ status }) ? 'todo' : isEnded({ status }) ? 'closed' : 'review')))
  return places.size === 1 ? [...places][0]! : 'all'
}

/** Reads the address; `usual` is the tab when it names none. */
export function filterIn(query: Query, usual: TaskTab): TaskFilter {
  const status = (text(query, 'status') ?? '').split(',').filter((name): name is TaskState => STATES.includes(name as TaskState))
  return {
    tab: one(query, 'tab', TABS) ?? tabOf(status) ?? usual,
    status,
    due: one(query, 'due', DUE),
    flag: one(query, 'flag', FLAGS),
    store: text(query, 'store'),
    region: text(query, 'region'),
    assignee: text(query, 'assignee'),
    reviewer: text(query, 'reviewer'),
    source: one(query, 'source', SOURCES),
    mine: query.mine === '1',
    sent_back: query.sent_back === '1',
    reopened: query.reopened === '1',
    extension: query.extension === '1',
    appeal: query.appeal === '1',
    q: text(query, 'q') ?? '',
  }
}

/** Writes the address; what asks for nothing is left out. */
export function queryOf(filter: TaskFilter): Record<string, string> {
  const pairs = Object.entries(filter).map(([name, value]): [string, string] => {
    if (Array.isArray(value)) return [name, value.join(',')]
    return [name, value === true ? '1' : value === false || value === null ? '' : String(value).trim()]
  })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

/** Names of the filters beside the tab and the search that narrow the list. */
export const NARROWING = ['status', 'due', 'flag', 'store', 'region', 'assignee', 'reviewer', 'source', 'mine', 'sent_back', 'reopened', 'extension', 'appeal'] as const
export type Narrowing = (typeof NARROWING)[number]

export const isNarrowing = (filter: TaskFilter, name: Narrowing): boolean => {
  const value = filter[name]
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

/** The filter without these, or without all that narrows. */
export function without(filter: TaskFilter, names: readonly Narrowing[] = NARROWING): TaskFilter {
  const nothing = { status: [], due: null, flag: null, store: null, region: null, assignee: null, reviewer: null, source: null, mine: false, sent_back: false, reopened: false, extension: false, appeal: false }
  return { ...filter, ...Object.fromEntries(names.map((name) => [name, nothing[name]])) }
}

/** What somebody has to know to judge a task by the filter. */
export interface Around {
  now: number
  me: string
  /** Whether it is this person's turn. */
  isMine(task: Task): boolean
  /** How many days from today it is due, by the store's calendar; negative when that day is past. */
  daysLeft(task: Task): number
  /** Ids of the regions that a store lies in, upwards. */
  regionsOf(storeId: string): ReadonlySet<string>
}

const LAST_OF_WEEK = 6

function isDue(task: Task, due: Due, around: Around): boolean {
  if (!isToDo(task)) return false
  if (due === 'overdue' || due === 'due_soon') return pressing(task, around.now) === due
  const days = around.daysLeft(task)
  return due === 'today' ? days <= 0 : days <= LAST_OF_WEEK
}

const IN_TAB: Record<TaskTab, (task: Task) => boolean> = {
  todo: isToDo,
  review: (task) => task.status === 'submitted',
  all: (task) => !isEnded(task),
  closed: isEnded,
}
export const inTab = (task: Task, tab: TaskTab): boolean => IN_TAB[tab](task)

/** Whether a task is shown. */
export function fits(task: Task, filter: TaskFilter, around: Around): boolean {
  const { status, due, flag, store, region, assignee, reviewer, source } = filter
  return (
    inTab(task, filter.tab) &&
    (!status.length || status.includes(task.status)) &&
    (!due || isDue(task, due, around)) &&
    (!flag || task.flag === flag) &&
    (!store || task.store_id === store) &&
    (!region || around.regionsOf(task.store_id).has(region)) &&
    (!assignee || (task.assignee?.id ?? 'none') === assignee) &&
    (!reviewer || (task.reviewer?.id ?? 'none') === reviewer) &&
    (!source || sourceOf(task) === source) &&
    (!filter.mine || around.isMine(task)) &&
    (!filter.sent_back || (task.status === 'in_progress' && task.reject_count > 0)) &&
    (!filter.reopened || task.reopen_count > 0) &&
    (!filter.extension || isAsking(task)) &&
    (!filter.appeal || task.appeal?.state === 'pending') &&
    says(task, filter.q)
  )
}

export const sourceOf = (task: Task): (typeof SOURCES)[number] => task.source ?? (task.inspection_id ? 'inspection' : 'manual')
/** Somebody asks for more time, and nobody has answered. */
export const isAsking = (task: Task): boolean => task.extensions?.some((extension) => extension.state === 'pending') ?? false

function says(task: Task, q: string): boolean {
  const words = q.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return true
  const about = [task.title.zh, task.title.en, task.store_name.zh, task.store_name.en, task.assignee?.name, task.finding.note].join('\n').toLowerCase()
  return words.every((word) => about.includes(word))
}
