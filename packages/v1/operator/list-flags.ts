import { Flags } from '../../../lib/contract/flag.ts'
import { operatorOperation } from '../../../lib/entry/operator-operation.ts'

export const listFlags = operatorOperation({
  summary: 'List what can be switched on and off, and for whom it is on, for the operator',
  answers: [200, Flags],
  run: async (_, { flags }) => ({ items: await flags.list() }),
})
