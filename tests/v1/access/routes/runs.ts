import type { Rows } from '../row.ts'

export const runs: Rows = {
  'POST runs /:projectId/:generationId/events': {
    least: 'run',
    path: ({ project, generation }) => `/runs/${project}/${generation}/events`,
    body: () => ({ attempt: 1, events: [] }),
  },
  'POST runs /:projectId/:generationId/end': {
    least: 'run',
    path: ({ project, generation }) => `/runs/${project}/${generation}/end`,
    body: () => ({ attempt: 1, outcome: 'succeeded', failure: null, answer: 'Done.', versionId: null }),
  },
}
