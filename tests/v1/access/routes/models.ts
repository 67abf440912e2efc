import { team } from '../cast.ts'
import { callOf } from '../place.ts'
import type { Rows } from '../row.ts'

export const models: Rows = {
  'GET models /': { least: 'viewer', path: () => `/models?organizationId=${team}` },
  'POST models /calls': {
    least: 'run',
    path: () => '/models/calls',
    body: () => ({
      body: { model: 'scripted-1', max_tokens: 100, messages: [] },
      headers: { 'anthropic-version': '2023-06-01' },
    }),
  },
  'GET models /calls/:callId': { least: 'run', path: ({ generation }) => `/models/calls/${callOf(generation)}` },
}
