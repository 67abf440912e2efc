import { failures } from '../contract/failures.ts'
import type { Failure, FailureCode } from '../contract/generation.ts'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { RunJob } from '../contract/run.ts'

/** How long a run may wait for a model that is overloaded or out of reach; it does not count as its working time. */
export const waitingSeconds = 180

/** What one run may take, in steps, seconds and repairs, and when its conversation is summed up, in tokens. */
export const runLimits = { steps: 10, seconds: 300, repairs: 3, context: 150_000 } as const satisfies NonNullable<
  RunJob['generation']
>['limits']

/** How long a run may be silent before it counts as dead, in seconds. */
export const leases = {
  /** While its sandbox is being prepared: longer than the function that prepares it may live. */
  starting: 150,
  /** From the start of the runner to its first report. */
  first: 60,
  /** Between two reports. */
  running: 30,
} as const

/** How long the next run of a project waits for what a stopped one made to become a version, in seconds. */
export const keepSeconds = 30

export const mostAttempts = 3

/** From the first start of a run to its very end, all attempts together, in seconds. */
export const deadlineSeconds = runLimits.seconds + waitingSeconds + 240

/** How much of the earlier prompts and answers a run is told at most, in bytes; longer ones were summed up by then. */
export const conversationBytes = 500_000

/** How a failure reads: what happened, what was kept, what to do next. `restored` is the version that is current again. */
export function failureOf(code: FailureCode, savedVersion: boolean, restored: number | null = null): Failure {
  const [happened, next] = failures[code]
  return { code, happened, kept: keptWords(code, savedVersion, restored), next }
}

function keptWords(code: FailureCode, savedVersion: boolean, restored: number | null): string {
  if (code === 'set_aside') return 'What it had made is set aside, and your project is as it was before.'
  if (!savedVersion) return 'Your project is as it was before this run.'
  if (restored !== null) return `Version ${restored}, the last that worked, is back; what was made is in the history.`
  if (code === 'same_error') return 'No earlier version is known to work, so the code stays as the run left it.'
  return 'What was made until then is saved as a version.'
}

/** Names that follow from ids alone, so that a repeated attempt finds what an earlier one made. */
export const sandboxName = (projectId: ProjectId) => `p-${projectId}`
export const sessionName = (generationId: GenerationId, attempt: number) => `run-${generationId}-${attempt}`

const runner = '/opt/everjust/node/bin/node /opt/everjust/bin/runner.js'
export const jobFile = (name: string) => `/root/job-${name}.json`
/** The command that starts a runner; the file holds a token, so only its owner may read it. */
export const runnerCommand = (file: string) => `chmod 600 ${file} && ${runner} ${file}`

/** Seconds to wait before the next try of what failed `tries` times: 2, 4, 8 … up to five minutes. */
export const backoffSeconds = (tries: number) => Math.min(300, 2 ** tries)
