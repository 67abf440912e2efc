import { GenerationPath } from '../../../lib/contract/generation.ts'
import { RunAcknowledged, RunEvents } from '../../../lib/contract/run.ts'
import { leases } from '../../../lib/domain/run.ts'
import { checkReport } from '../../../lib/domain/run-report.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'

export const reportEvents = operation({
  summary: 'For the runner: add events of its run to the log and keep its lease',
  path: GenerationPath,
  body: RunEvents,
  may: ['run.report', inProject],
  answers: [200, RunAcknowledged],
  refuses: ['run_over', 'invalid_request'],
  async run({ path: { projectId, generationId }, body, principal }, { runs, events, now }) {
    const { attempt } = body
    if (principal.kind !== 'run' || principal.generationId !== generationId || principal.attempt !== attempt) {
      return refuse('run_over')
    }
    const checked = checkReport(body, generationId, now())
    if (typeof checked === 'string') return refuse('invalid_request', checked)
    const run = { id: generationId, attempt }
    const renewed = await runs.renew(run, leases.running)
    const cost = renewed ?? (await runs.lastWords(run))
    if (!cost) return refuse('run_over')
    if (checked.length > 0) await events.appendRun(projectId, checked)
    return { over: !renewed, upTo: checked.at(-1)?.run?.n ?? 0, leaseSeconds: leases.running, cost }
  },
})
