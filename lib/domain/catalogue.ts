import type { Tier } from '../contract/user.ts'

/** What is known of a model beside its prices. */
export interface KnownModel {
  name: string
  /** The tokens that one conversation can hold. */
  window: number
  tiers: readonly Tier[]
  /** The model that may step in when this one is overloaded: of the same tiers, and no dearer. */
  sibling: string | null
}

const all = ['free', 'pro', 'team', 'enterprise'] as const
const paying = ['pro', 'team', 'enterprise'] as const

/** Every model that has a price, best first. Windows as Anthropic publishes them, 2026-11-20. */
export const catalogue: Readonly<Record<string, KnownModel>> = {
  'claude-opus-5-5': { name: 'Claude Opus 5.5', window: 1_000_000, tiers: paying, sibling: 'claude-sonnet-5-5' },
  'claude-sonnet-5-5': { name: 'Claude Sonnet 5.5', window: 1_000_000, tiers: all, sibling: 'claude-sonnet-5' },
  'claude-sonnet-5': { name: 'Claude Sonnet 5', window: 1_000_000, tiers: all, sibling: 'claude-haiku-4-5' },
  'claude-haiku-4-5': { name: 'Claude Haiku 4.5', window: 200_000, tiers: all, sibling: null },
  'scripted-1': { name: 'Scripted demo', window: 200_000, tiers: all, sibling: 'scripted-mini' },
  'scripted-mini': { name: 'Scripted demo, small', window: 200_000, tiers: all, sibling: null },
}

/** What of a model is not known is taken to be small. */
export const windowOf = (model: string): number => catalogue[model]?.window ?? 100_000
