import type { NewGeneration } from '../contract/generation.ts'
import type { GenerationId, ProjectId, UserId } from '../contract/ids.ts'
import type { Standing } from '../domain/access.ts'
import { periodOf } from '../domain/quota.ts'
import { roomOf } from '../domain/room.ts'
import { screenWish } from '../domain/screening.ts'
import { tokensOf } from '../domain/tokens.ts'
import type { Stores } from '../store/stores.ts'
import { priced } from './quote.ts'
import { objectionOf, unfitFor } from './unfit.ts'

interface Wanted {
  projectId: ProjectId
  standing: Standing
  person: UserId
  model: string
  ownKey: boolean
  body: Pick<NewGeneration, 'prompt' | 'mode' | 'attachments'>
  /** The request to which the conversation goes back first. */
  before: GenerationId | null
}

type Messages = { role: 'user' | 'assistant'; content: string }[]

/** Everything that the price of a run depends on, and what the model would be told. */
export async function offerOf(desk: Stores & { now(): Date }, wanted: Wanted) {
  const { projectId, standing, model, ownKey, body, before } = wanted
  const { limits: allowed, engine } = standing
  const wish = { ...body, ...screenWish(body) }
  const [precedents, { limits, generations, active }, said] = await Promise.all([
    // What was read along with the gate knows of no going back.
    (before ? undefined : standing.precedents) ??
      desk.quotes.precedents(projectId, { mode: wish.mode, promptLength: wish.prompt.length, before }),
    circumstances(desk, wanted),
    desk.generations.conversation(projectId, { after: null, before, mostBytes: mostCounted }),
  ])
  const messages: Messages = [...said.flatMap(told), { role: 'user', content: wish.prompt }]
  return { messages, at }

  /** The price as caps leave it, and why the run could not start now; `counted` by the model, if it was asked. */
  function at(counted: number | undefined) {
    const about = { limits: allowed, model, wish, rules: engine?.rules ?? '' }
    const estimated = priced(about, precedents, desk.now())
    const input = inFull(estimated.input, messages, counted)
    const quoted =
      counted === undefined ? estimated : priced({ ...about, tokens: input.tokens }, precedents, desk.now())
    const [lowest] = roomOf(limits, ownKey)
    const capped = lowest && lowest.leaves < quoted.atMostMicros
    const atMostMicros = capped ? Math.max(0, lowest.leaves) : quoted.atMostMicros
    const unfit = unfitFor({ active, generations, limits, ownKey, leastMicros: quoted.leastMicros })
    return {
      atMostMicros,
      usuallyMicros: Math.min(quoted.usuallyMicros, atMostMicros),
      input,
      objection: unfit ? (objectionOf(unfit, desk.now()).detail ?? 'A run is under way.') : null,
      cap: capped
        ? { why: lowest.why, whose: lowest.whose, mostMicros: lowest.most, leavesMicros: atMostMicros }
        : null,
    }
  }
}

/** What of caps and quotas is taken, and whether a run is under way. */
async function circumstances({ caps, usage, moreRequests, projects, now }: Stores & { now(): Date }, wanted: Wanted) {
  const { projectId, person: userId } = wanted
  const { organizationId, limits: allowed } = wanted.standing
  const period = periodOf(now())
  const [limits, used, more, project] = await Promise.all([
    caps.limits({ organizationId, userId, projectId }, period),
    usage.ofMonth(organizationId, period),
    moreRequests.of(organizationId, period),
    projects.find(projectId),
  ])
  const { used: settled, reserved } = used.generations
  const [taken, allowance] = [settled + reserved, allowed.generationsPerMonth]
  const most = allowance === null ? null : Math.max(taken, allowance) + more.credits + more.left
  const generations = { taken, most: more.credits + more.left > 0 ? most : allowance }
  return { limits, generations, active: project?.activeGenerationId !== null }
}

const told = ({ prompt, answer }: { prompt: string; answer: string }): Messages => [
  { role: 'user', content: prompt },
  { role: 'assistant', content: answer || '…' },
]

/** More is not worth the time it takes to be counted. */
const mostCounted = 200_000

/** Tokens of the first request: the words as the model counted them, all else as estimated. */
function inFull(estimated: number, messages: Messages, counted: number | undefined) {
  if (counted === undefined) return { tokens: estimated, counted: 'estimated' as const }
  const words = messages.reduce((sum, { content }) => sum + tokensOf(content), 0)
  return { tokens: Math.max(counted, estimated - words + counted), counted: 'by the model' as const }
}
