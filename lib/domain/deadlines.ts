import { deadlineSeconds, leases } from './run.ts'

interface Deadline {
  /** What has lasted for too long. */
  state: string
  seconds: number
  wayOut: string
}

/** Nothing stays as it is for ever: how long each state may last, and what `cron/minute` does then. */
export const deadlines = {
  startLost: { state: 'queued, and nobody starts it', seconds: 5, wayOut: 'is started again' },
  startImpossible: { state: 'queued, and starts fail', seconds: 600, wayOut: 'fails as platform_fault, free' },
  turn: { state: 'queued, others are running', seconds: 21_600, wayOut: 'fails as platform_fault, free' },
  starting: {
    state: 'running, its sandbox is prepared',
    seconds: leases.starting,
    wayOut: 'is started again; after three attempts fails as sandbox_lost, free',
  },
  silent: {
    state: 'running, without a word of its runner',
    seconds: leases.running,
    wayOut: 'goes on from its last step; after three attempts fails as sandbox_lost, free',
  },
  tooLong: { state: 'running', seconds: deadlineSeconds, wayOut: 'fails as out_of_time' },
  /** A minute more than the function that relays a call can live. */
  callHeld: { state: 'a model call that holds money', seconds: 960, wayOut: 'pays what was seen of it' },
  /** Longer than all tries of its job. */
  improving: { state: 'a prompt that is put into better words', seconds: 900, wayOut: 'fails as platform_fault, free' },
  jobTaken: { state: 'a job whose worker is gone', seconds: 125, wayOut: 'is taken by another worker' },
  jobQueued: { state: 'a job whose wake-up was lost', seconds: 60, wayOut: 'is woken again' },
  queueIdle: { state: 'a message that waits, and nothing runs before it', seconds: 60, wayOut: 'is started' },
  sandboxUnderWay: { state: 'a sandbox that starts or stops', seconds: 600, wayOut: 'is asked to once more' },
} as const satisfies Record<string, Deadline>
