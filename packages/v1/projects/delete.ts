import * as z from 'zod/mini'
import { ProjectPath } from '../../../lib/contract/project.ts'
import { keepSeconds } from '../../../lib/domain/run.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { pauseQueue } from '../../../lib/work/queue.ts'
import { putToSleep } from '../../../lib/work/put-to-sleep.ts'

export const deleteProject = operation({
  summary: 'Delete a project; for a day it can be brought back, then all that is stored for it goes',
  path: ProjectPath,
  may: ['project.delete', inProject],
  answers: [204, z.null()],
  refuses: ['not_found'],
  async run({ path: { projectId }, principal, standing, requestId }, { projects, ledger, audit, ...desk }) {
    const { organizationId } = standing
    const deleted = await projects.markDeleted(projectId)
    if (!deleted) return refuse('not_found')
    const { activeGenerationId: id } = deleted
    const cancelled = { state: 'cancelled', attempt: null, failure: null, answer: null, versionId: null } as const
    if (id) {
      await ledger.end({ projectId, id, ...cancelled })
      // Its place goes to the next who waits, and what it made is kept when the project is brought back.
      await Promise.all([desk.keeping.promise(id, keepSeconds), desk.jobs.startNext()])
    }
    await audit.record({ organizationId, principal, action: 'project.delete', subject: projectId, requestId })
    await pauseQueue(desk, projectId, 'The project was deleted.')
    await putToSleep(desk, projectId)
    return null
  },
})
