import * as z from 'zod/mini'
import type { JobDesk } from '../../../lib/context.ts'
import { GenerationId } from '../../../lib/contract/ids.ts'
import type { Outcome } from '../../../lib/entry/background.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import { carryMail } from '../../../lib/work/carry-mail.ts'

export const leaseSeconds = 60
/** Less than the function may live: another taking of the job goes on from there. */
const mostMs = 780_000
const lookEveryMs = 3_000
const Payload = z.object({ generationId: GenerationId, attempt: z.int() })

/** For as long as this attempt runs; whoever takes the job next goes on where this one was cut off. */
export async function carryForRun(job: Job, desk: JobDesk): Promise<Outcome> {
  const { generationId, attempt } = Payload.parse(job.payload)
  const { projectId } = job
  const sandbox = await desk.within(({ sandboxes }) => sandboxes.find(projectId))
  if (!sandbox?.liveUrl) return 'done'
  const started = Date.now()
  let looked = 0
  let wanted = true

  await carryMail(desk, { projectId, liveUrl: sandbox.liveUrl }, async () => {
    if (Date.now() - looked > lookEveryMs) {
      looked = Date.now()
      wanted = await isWanted()
    }
    return wanted && Date.now() - started < mostMs
  })
  return wanted ? { again: 0, problem: 'The run goes on for longer than one function may.' } : 'done'

  async function isWanted(): Promise<boolean> {
    return desk.within(async ({ runs, jobs }) => {
      const [run, ours] = await Promise.all([runs.find(generationId), jobs.prolong(job, leaseSeconds)])
      return ours && run?.state === 'running' && run.attempt === attempt
    })
  }
}
