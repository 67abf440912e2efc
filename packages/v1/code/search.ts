import { CodePath, Found, SearchQuery } from '../../../lib/contract/code.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'
import { searchFiles } from './search-files.ts'

/** Patterns are refused here: one of them can take longer than any answer may. A running sandbox takes them. */
export const searchVersion = waitingOperation({
  summary: 'Find a text in the files of a version',
  path: CodePath,
  query: SearchQuery,
  may: ['project.read', inProject],
  rate: 'search',
  answers: [200, Found],
  refuses: ['invalid_request', 'not_found'],
  async run({ path: { projectId }, query }, { within, objects, now }) {
    if (query.regexp === 'true') {
      return refuse(
        'invalid_request',
        'Expressions are looked for in a running sandbox alone. Start it, or search as text.',
      )
    }
    const version = await within(({ versions }) =>
      query.version ? versions.find(projectId, query.version) : versions.current(projectId),
    )
    if (!version) return query.version ? refuse('not_found') : { files: [], partial: null }
    const wanted = { text: query.q, case: query.case === 'true', word: query.word === 'true' }
    const files = await filesOf(objects, version)
    return searchFiles({ objects, projectId, files, now }, wanted, query.include)
  },
})
