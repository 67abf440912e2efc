import { createHash } from 'node:crypto'
import { access, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runAs, type Account } from './account.ts'

const ROOM = '/var/tmp'
const PREFIX = 'everjust-postgres-data-'
const ORIGIN = '.origin'

/** Where a cluster lies when the server's account cannot enter its data folder: a place keyed by that folder's path. */
export const refugeOf = async (dataDir: string): Promise<string> => {
  const path = await realpath(dataDir)
  const folder = join(ROOM, PREFIX + createHash('sha256').update(path).digest('hex').slice(0, 16))
  await writeFile(folder + ORIGIN, path, { mode: 0o600 })
  return folder
}

/** Removes clusters whose data folder was deleted, so that throwing a data folder away leaves nothing behind. */
export const sweepRefuges = async (bin: string, account: Account): Promise<void> => {
  const names = await readdir(ROOM)
  const origins = names.filter((name) => name.startsWith(PREFIX) && name.endsWith(ORIGIN))
  for (const name of origins) await sweep(bin, account, join(ROOM, name)).catch(() => undefined)
}

const sweep = async (bin: string, account: Account, originFile: string): Promise<void> => {
  const origin = await readFile(originFile, 'utf8')
  const stillThere = await access(origin).then(
    () => true,
    () => false,
  )
  if (stillThere) return
  const folder = originFile.slice(0, -ORIGIN.length)
  await runAs(account, join(bin, 'pg_ctl'), ['-D', folder, '-m', 'immediate', 'stop']).catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
  await rm(originFile, { force: true })
}
