import type { FolderId } from '../contract/ids.ts'
import type { Principal } from '../domain/access.ts'
import type { Stores } from '../store/stores.ts'

interface InFolderPath {
  path: { folderId: FolderId }
  principal: Principal
}

/** The caller's standing in the organization that has the folder of the path. */
export async function inFolder({ path, principal }: InFolderPath, { standings, folders }: Stores) {
  const organizationId = await folders.organizationOf(path.folderId)
  return organizationId && standings.inOrganization(principal, organizationId)
}
