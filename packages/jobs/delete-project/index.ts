import type { JobDesk } from '../../../lib/context.ts'
import { background } from '../../../lib/entry/background.ts'
import { production } from '../../../lib/production-jobs.ts'
import type { Job } from '../../../lib/store/jobs.ts'
import { clearProject } from '../../../lib/work/clear-project.ts'

/** Removes everything a deleted project left: its run, its sandbox, its objects, its rows. */
export const job = {
  leaseSeconds: 305,
  mostTries: 200,
  run: ({ projectId }: Job, desk: JobDesk) => clearProject(desk, projectId),
}
export const main = background(job, production)
