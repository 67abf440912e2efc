import { ProjectUsage, UsageQuery, WorkshopPath } from '../../../lib/contract/workshop.ts'
import { usageOf } from '../../../lib/domain/project-usage.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation } from '../../../lib/entry/operation.ts'

const dayMs = 86_400_000

export const getProjectUsage = operation({
  summary: 'Read what a project used day by day and by model',
  path: WorkshopPath,
  query: UsageQuery,
  may: ['project.usage', inProject],
  answers: [200, ProjectUsage],
  async run({ path: { projectId }, query: { days }, standing: { limits } }, { workshop, storage, now }) {
    const to = now()
    const today = Date.UTC(to.getUTCFullYear(), to.getUTCMonth(), to.getUTCDate())
    const from = new Date(today - (days - 1) * dayMs)
    const [used, usedBytes] = await Promise.all([workshop.used(projectId, from), storage.ofProject(projectId)])
    return usageOf(used, { from, to, storage: { usedBytes, limitBytes: limits.storageBytesPerProject } })
  },
})
