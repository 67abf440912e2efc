import { type Place } from '../place.ts'
import { at, type Rows } from '../row.ts'

const coding = (rest: string) => (place: Place) => at(rest)(place).replace('/projects/', '/code/')

export const code: Rows = {
  'GET code /:projectId/search': { least: 'viewer', path: coding('/search?q=a') },
  'GET code /:projectId/locks': { least: 'viewer', path: coding('/locks') },
  'PUT code /:projectId/locks/*path': { least: 'editor', path: coding('/locks/src/b.txt') },
  'DELETE code /:projectId/locks/*path': { least: 'editor', path: coding('/locks/a.txt') },
}
