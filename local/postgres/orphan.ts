import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runAs, type Account } from './account.ts'

export type Lair = { bin: string; folder: string; account: Account; launcherFile: string }

/**
 * Ends a server that outlived both its launcher and its keeper, and notes who launches now. Refuses while the launcher lives:
 * then another program is using this data folder.
 */
export const endOrphan = async ({ bin, folder, account, launcherFile }: Lair): Promise<void> => {
  const running = await serverProcess(folder)
  const launcher = await readFile(launcherFile, 'utf8').catch(() => '')
  if (running && running.parent === launcher) {
    throw new Error(`the database in ${folder} is in use by process ${launcher}: stop that one first`)
  }
  const stop = () => runAs(account, join(bin, 'pg_ctl'), ['-D', folder, '-m', 'fast', '-t', '10', '-w', 'stop'])
  // It may be on its way out already, and gone before it can be told to.
  if (running)
    await stop().catch(async (cause: unknown) => {
      if (await serverProcess(folder)) throw cause
    })
  await writeFile(launcherFile, String(process.pid))
}

// The number in postmaster.pid may have passed to a stranger since, so the name is checked as well.
const serverProcess = async (folder: string): Promise<{ parent: string } | undefined> => {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = /^\d+/.exec(text)?.[0]
  if (!pid) return undefined
  const status = await readFile(`/proc/${pid}/stat`, 'utf8')
    .then((stat) => stat.replace(/^\d+ \((.*)\) \S (\d+) .*$/s, '$2 $1'))
    .catch(() => runAs(undefined, 'ps', ['-o', 'ppid=,comm=', '-p', pid]).then(({ stdout }) => stdout.trim()))
    .catch(() => '')
  const [parent, program] = status.split(/\s+/)
  return parent && program?.endsWith('postgres') ? { parent } : undefined
}
