import type { NewGeneration } from '../contract/generation.ts'
import type { ProjectId, UserId } from '../contract/ids.ts'
import type { Standing } from '../domain/access.ts'
import { periodOf } from '../domain/quota.ts'
import { screenWish } from '../domain/screening.ts'
import { tierLimits } from '../domain/tiers.ts'
import { tokensOf } from '../domain/tokens.ts'
import type { Stores } from '../store/stores.ts'
import { quoteOf } from './quote.ts'
import { objectionOf, unfitFor } from './unfit.ts'

interface Wanted {
  projectId: ProjectId
  standing: Standing
  person: UserId
  model: string
  ownKey: boolean
  body: Pick<NewGeneration, 'prompt' | 'mode' | 'attachments'>
}

type Messages = { role: 'user' | 'assistant'; content: string }[]

/** The price of a run as caps leave it, why it could not start now, and what the model would be told. */
export async function offerOf(desk: Stores & { now(): Date }, wanted: Wanted) {
  const { projectId, standing, model, ownKey, body } = wanted
  const { tier, engine, precedents } = standing
  const { prompt, attachments } = screenWish(body)
  const wish = { ...body, prompt, attachments }
  const [quoted, { limits, generations, active }, said] = await Promise.all([
    quoteOf(desk, { projectId, tier, model, wish, rules: engine?.rules ?? '', precedents }),
    circumstances(desk, wanted),
    desk.generations.conversation(projectId, { after: null, mostBytes: mostCounted }),
  ])
  const left = [limits.organization, limits.person].flatMap(({ most, taken }) =>
    most === null || ownKey ? [] : [most - taken],
  )
  const atMostMicros = Math.max(0, Math.min(quoted.atMostMicros, limits.runMicros ?? Infinity, ...left))
  const unfit = unfitFor({ active, generations, limits, ownKey, leastMicros: quoted.leastMicros })
  return {
    offer: {
      atMostMicros,
      usuallyMicros: Math.min(quoted.usuallyMicros, atMostMicros),
      input: quoted.input,
      objection: unfit ? (objectionOf(unfit, desk.now()).detail ?? 'A run is under way.') : null,
    },
    messages: [...said.flatMap(told), { role: 'user' as const, content: prompt }],
  }
}

/** What of caps and quotas is taken, and whether a run is under way. */
async function circumstances({ caps, usage, projects, now }: Stores & { now(): Date }, wanted: Wanted) {
  const { organizationId, tier } = wanted.standing
  const period = periodOf(now())
  const [limits, used, project] = await Promise.all([
    caps.limits(organizationId, wanted.person, period),
    usage.ofMonth(organizationId, period),
    projects.find(wanted.projectId),
  ])
  const { used: settled, reserved } = used.generations
  const generations = { taken: settled + reserved, most: tierLimits[tier].generationsPerMonth }
  return { limits, generations, active: project?.activeGenerationId !== null }
}

const told = ({ prompt, answer }: { prompt: string; answer: string }): Messages => [
  { role: 'user', content: prompt },
  { role: 'assistant', content: answer || '…' },
]

/** More is not worth the time it takes to be counted. */
const mostCounted = 200_000

/** Tokens of the first request: the words as the model counted them, all else as estimated. */
export function inFull(estimated: number, messages: Messages, counted: number | undefined) {
  if (counted === undefined) return { tokens: estimated, counted: 'estimated' as const }
  const words = messages.reduce((sum, { content }) => sum + tokensOf(content), 0)
  return { tokens: Math.max(counted, estimated - words + counted), counted: 'by the model' as const }
}
