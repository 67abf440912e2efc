import type { Route } from '../../http/router.ts'
import type { Settings } from '../settings.ts'
import { searchRoutes } from './search.ts'
import { transferRoutes } from './transfer.ts'
import { treeRoutes } from './tree.ts'

/** Everything a client may do with files. */
export function fileRoutes(settings: Settings): Route[] {
  return [...transferRoutes(settings), ...searchRoutes(settings), ...treeRoutes(settings)]
}
