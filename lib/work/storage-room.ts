import type { NewRow } from '../store/versions.ts'
import type { Stores } from '../store/stores.ts'

/** What a project stores, what more a version needs, and the most it may. */
export interface StorageLack {
  used: number
  more: number
  most: number
}

/** Why a version does not fit what the project may store; undefined when it does. */
export async function storageLack(
  { versions }: Pick<Stores, 'versions'>,
  row: NewRow,
): Promise<StorageLack | undefined> {
  const { projectId, mostBytes: most = null } = row
  if (most === null) return undefined
  const { used, more } = await versions.room(projectId, row)
  return more > 0 && used + more > most ? { used, more, most } : undefined
}
