import type { FailureCode } from '../../lib/contract/generation.ts'
import type { JobKind } from '../../lib/ports/dispatcher.ts'
import type { Mishap, Passing } from './doors.ts'
import type { Misreply } from './model.ts'
import type { Random } from './random.ts'
import { tools } from './tools.ts'

/** What goes wrong around one run; each is asked at its moment and answers what happens then. */
export interface Fate {
  reply?: (replies: number) => Misreply | undefined
  api?: (passing: Passing) => Mishap
  storage?: (passing: Passing) => Mishap
  /** Whether the provider fails at this. */
  provider?: (doing: string) => boolean
  /** The wake-up of a job is lost, comes twice, or its function dies at its nth transaction. */
  job?: (kind: JobKind) => 'lost' | 'twice' | { diesAt: number; committed: boolean } | undefined
  /** What happens from outside, this long after the start. */
  later?: { ms: number; does: 'vanish' | 'kill' | 'stop' | 'cancel' | 'forge' }
}

export type End = 'succeeded' | 'cancelled' | FailureCode

export interface Fault {
  name: string
  fate: (random: Random) => Fate
  /** How a run may end that meets this fault alone. */
  ends: readonly End[]
}

/** Answers `wrong` for the reply of this number, `times` times in a row. */
const atReply =
  (wrong: Misreply, at: (random: Random) => number, times: number) =>
  (random: Random): Fate => {
    const [when, met] = [at(random), { times: 0 }]
    return { reply: (replies) => (replies === when && met.times++ < times ? wrong : undefined) }
  }
const anyReply = (random: Random) => random.below(4)
const forEver = Number.POSITIVE_INFINITY
const soon = '0.05'

const model: Fault[] = [
  { name: 'the model says 400', fate: atReply({ status: 400 }, anyReply, forEver), ends: ['platform_fault'] },
  {
    name: 'the model says 401',
    fate: atReply({ status: 401 }, anyReply, forEver),
    ends: ['platform_fault', 'model_unavailable'],
  },
  {
    name: 'the model says 402',
    fate: atReply({ status: 402 }, anyReply, forEver),
    ends: ['platform_fault', 'model_unavailable'],
  },
  {
    name: 'the model says 429 twice',
    fate: atReply({ status: 429, retryAfter: soon }, anyReply, 2),
    ends: ['succeeded'],
  },
  {
    name: 'the model says 500 once',
    fate: atReply({ status: 500, retryAfter: soon }, anyReply, 1),
    ends: ['succeeded'],
  },
  {
    name: 'the model says 529 twice',
    fate: atReply({ status: 529, retryAfter: soon }, anyReply, 2),
    ends: ['succeeded'],
  },
  { name: 'a reply is cut after half a tool call', fate: atReply('cut in a call', anyReply, 1), ends: ['succeeded'] },
  { name: 'a reply is garbage', fate: atReply('garbage', anyReply, 1), ends: ['succeeded'] },
  {
    name: 'the connection to the model breaks',
    fate: atReply('breaks the connection', anyReply, 1),
    ends: ['succeeded'],
  },
  { name: 'the model declines', fate: atReply('refusal', anyReply, forEver), ends: ['model_refused'] },
  { name: 'a reply is too long', fate: atReply('too long', anyReply, 1), ends: ['succeeded', 'too_many_steps'] },
  {
    name: 'the model calls tools without end',
    fate: () => ({ reply: () => 'calls without end' }),
    ends: ['too_many_steps'],
  },
]

const mishaps = ['lost', 'answer lost', 'doubled', 'late', { status: 503 }] as const satisfies Mishap[]
const often = (of: readonly [Mishap, ...Mishap[]], probability: number) => (random: Random) => () =>
  random.chance(probability) ? random.pick(of) : undefined

const between: Fault[] = [
  {
    name: 'messages to the API are lost, doubled and late',
    fate: (random) => ({ api: often(mishaps, 0.15)(random) }),
    ends: ['succeeded', 'model_unavailable'],
  },
  {
    name: 'storage is slow and says 503',
    fate: (random) => ({ storage: often(['late', { status: 503 }], 0.15)(random) }),
    ends: ['succeeded', 'platform_fault', 'sandbox_lost'],
  },
  {
    name: 'a file is not where it was put',
    fate: (random) => {
      const missing = { left: 1 + random.below(2) }
      const isPut = ({ method, path }: Passing) => method === 'PUT' && path.includes('/blobs/')
      return { storage: (passing) => (isPut(passing) && missing.left-- > 0 ? { status: 200 } : undefined) }
    },
    ends: ['platform_fault', 'succeeded'],
  },
  {
    name: 'the token of the run expires under it',
    fate: (random) => {
      const messages = { before: 2 + random.below(8), after: 2 }
      return {
        api: () => (messages.before-- <= 0 && messages.after-- > 0 ? { token: 'run_expired' } : undefined),
      }
    },
    ends: ['succeeded'],
  },
]

const egress: Fault[] = [
  {
    name: 'the sandbox cannot reach out',
    fate: () => {
      // The functions themselves sign their requests to storage by a header, sandboxes by the address they were given.
      const isSandbox = ({ path }: Passing) => path.startsWith('/api/') || path.includes('X-Amz-Signature=')
      const blocked = (passing: Passing): Mishap => (isSandbox(passing) && !passing.carried ? 'refused' : undefined)
      return { api: blocked, storage: blocked }
    },
    ends: ['succeeded'],
  },
]

const functions: Fault[] = [
  {
    name: 'wake-ups are lost and doubled',
    fate: (random) => ({ job: () => (random.chance(0.3) ? random.pick(['lost', 'twice']) : undefined) }),
    ends: ['succeeded'],
  },
  {
    name: 'functions die between two writes',
    fate: (random) => {
      const deaths = { left: 2 }
      return {
        job: () =>
          random.chance(0.4) && deaths.left-- > 0
            ? { diesAt: 1 + random.below(4), committed: random.chance(0.5) }
            : undefined,
      }
    },
    ends: ['succeeded', 'model_unavailable'],
  },
  {
    name: 'strangers report in the name of the run',
    fate: (random) => ({ later: { ms: 100 + random.below(1_500), does: 'forge' } }),
    ends: ['succeeded'],
  },
  {
    name: 'the person stops it',
    fate: (random) => ({ later: { ms: random.below(2_500), does: 'cancel' } }),
    ends: ['cancelled', 'succeeded'],
  },
]

const sandboxes: Fault[] = [
  {
    name: 'the sandbox vanishes',
    fate: (random) => ({ later: { ms: 200 + random.below(2_000), does: 'vanish' } }),
    ends: ['succeeded'],
  },
  {
    name: 'the runner is killed for its memory',
    fate: (random) => ({ later: { ms: 200 + random.below(2_000), does: 'kill' } }),
    ends: ['succeeded'],
  },
  {
    name: 'the sandbox is stopped under the run',
    fate: (random) => ({ later: { ms: 200 + random.below(2_000), does: 'stop' } }),
    ends: ['succeeded'],
  },
  {
    name: 'the provider fails once',
    fate: (random) => {
      const failing = { at: random.pick(['ensure', 'writeFile', 'start']), left: 1 }
      return { provider: (doing) => doing === failing.at && failing.left-- > 0 }
    },
    ends: ['succeeded'],
  },
  { name: 'the provider fails for ever', fate: () => ({ provider: () => true }), ends: ['sandbox_lost'] },
]

/** Everything that is tried on a run, one at a time and together. */
export const faults: readonly [Fault, ...Fault[]] = [
  ...(model as [Fault, ...Fault[]]),
  ...tools,
  ...between,
  ...egress,
  ...functions,
  ...sandboxes,
]
