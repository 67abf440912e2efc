import * as z from 'zod/mini'
import { CallId } from '../../../lib/contract/ids.ts'
import { ModelCall, ModelCallQuery } from '../../../lib/contract/model.ts'
import { inRun } from '../../../lib/entry/locate.ts'
import { operation, refuse } from '../../../lib/entry/operation.ts'
import { chunkAddresses } from './chunk-addresses.ts'

export const getCall = operation({
  summary: 'For the runner: get the addresses of further chunks of a reply',
  path: z.object({ callId: CallId }),
  query: ModelCallQuery,
  may: ['model.call', inRun],
  answers: [200, ModelCall],
  refuses: ['not_found'],
  async run({ path: { callId: id }, query: { from }, principal }, { modelCalls, objects }) {
    if (principal.kind !== 'run' || !principal.generationId) return refuse('not_found')
    if (!(await modelCalls.belongs(id, principal.generationId))) return refuse('not_found')
    return { id, from, chunks: await chunkAddresses(objects, { projectId: principal.projectId, id, from }) }
  },
})
