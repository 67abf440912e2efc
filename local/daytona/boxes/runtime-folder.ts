import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A private folder for sockets, named after the data folder. Unix sockets allow only some hundred characters of path, so
 * they cannot live in the data folder. What a killed server left there is removed.
 */
export function openRuntimeFolder(dataDir: string): string {
  const folder = join(tmpdir(), `everjust-daytona-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  return folder
}

const FIRST_ID = 200_000
const IDS_PER_SERVER = 500

/** The first user id for sandboxes of this data folder, so that two servers on a machine rarely share one. */
export function firstAppId(dataDir: string): number {
  const place = createHash('sha256').update(dataDir).digest().readUInt16BE() % 2000
  return FIRST_ID + place * IDS_PER_SERVER
}
