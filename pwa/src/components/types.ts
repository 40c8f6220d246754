/** Small shapes that several components and their users share. */
import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from './icons'

export type State = 'pass' | 'fail' | 'partial' | 'neutral' | 'accent'

export interface Option<V extends string = string> {
  value: V
  label: string
  disabled?: boolean
}

export interface SegmentOption<V extends string = string> extends Option<V> {
  icon?: IconName
  state?: State
}

export interface Tab<V extends string = string> {
  value: V
  label: string
  count?: number
}

export type PhotoState = 'saved' | 'sending' | 'received' | 'missing'

export interface ViewerPhoto {
  sha256: string
  label: string
  taken_at?: string | null
  place?: string | null
  person?: string | null
  state?: PhotoState
  /** The hash of the picture as it was taken, when this one was drawn on. */
  original?: string | null
  /** It was not taken on the spot. */
  gallery?: boolean
}

export type LineState = 'saved' | 'waiting' | 'sending' | 'received' | 'offline' | 'attention' | 'ready'

export interface Bar {
  label: string
  value: number | null
  note?: string
  to?: RouteLocationRaw
  state?: State
}
