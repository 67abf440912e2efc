import { Figures, FiguresQuery } from '../../../lib/contract/operator.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

const dayMs = 86_400_000

export const getFigures = operatorOperation({
  summary: 'Read what the installation earns, costs and achieves, for its operator',
  query: FiguresQuery,
  answers: [200, Figures],
  async run({ query: { days } }, { figures, now }) {
    const to = now()
    // Whole days: the first one begins at midnight in UTC.
    const from = new Date(Math.floor(to.getTime() / dayMs) * dayMs - (days - 1) * dayMs)
    const [tiers, models, byDay, conversion, retention, firstProject, green, sandboxes] = await Promise.all([
      figures.tiers(from),
      figures.models(from),
      figures.days(from),
      figures.conversion(from),
      figures.retention(),
      figures.firstProject(from),
      figures.green(from),
      figures.sandboxes(from),
    ])
    const span = { from: from.toISOString(), to: to.toISOString() }
    return { ...span, tiers, models, days: byDay, conversion, retention, firstProject, green, sandboxes }
  },
})
