import type { DeskOf, ScheduleContext, ScheduleDesk } from '../context.ts'
import type { JobId } from '../contract/ids.ts'
import { backoffSeconds } from '../domain/run.ts'
import type { Job } from '../store/jobs.ts'
import { deskOf } from './desk.ts'

/** Done; or to be taken up again after some seconds. */
export type Outcome = 'done' | { again: number; problem: string }

interface Kind<C extends ScheduleContext> {
  /** How long the job is this taker's alone: longer than its function may live. */
  leaseSeconds: number
  /** After so many tries it is given up for good. */
  mostTries: number
  run(job: Job, desk: DeskOf<C>): Promise<Outcome>
}

/** The entrance of a job's function: takes the job of that id under its lease, does it, and says how it ended. */
export function background<C extends ScheduleContext>({ leaseSeconds, mostTries, run }: Kind<C>, context: () => C) {
  return async function main({ jobId }: { jobId?: string }): Promise<{ body: unknown }> {
    const world = context()
    const desk = deskOf(world)
    const job = await desk.within(({ jobs }) => jobs.take(jobId as JobId, leaseSeconds))
    if (!job) return { body: { job: 'not there to be done' } }
    const started = performance.now()
    const outcome = await run(job, desk).catch((error: unknown): Outcome => {
      world.log('error', 'a job failed', { job: job.id, kind: job.kind, tries: job.tries, error })
      return { again: backoffSeconds(job.tries), problem: error instanceof Error ? error.message : String(error) }
    })
    const ended = await conclude(job, outcome, { desk, mostTries })
    world.log('notice', 'job', { job: job.id, kind: job.kind, ended, ms: Math.round(performance.now() - started) })
    return { body: { job: ended } }
  }
}

async function conclude(job: Job, outcome: Outcome, { desk, mostTries }: { desk: ScheduleDesk; mostTries: number }) {
  if (outcome === 'done') {
    await desk.within(({ jobs }) => jobs.finish(job))
    return 'done'
  }
  const { problem, again } = outcome
  const givenUp = job.tries >= mostTries
  await desk.within(({ jobs }) => jobs.putBack(job, { problem, again: givenUp ? null : again }))
  if (!givenUp && again === 0) await desk.dispatcher.wake(job.kind, job.id).catch(() => {})
  return givenUp ? 'given up' : 'put back'
}
