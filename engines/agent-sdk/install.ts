import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packageName, version } from './version.ts'

const run = promisify(execFile)
const patienceMs = 600_000

/** Where an installation of this version stands in a data folder. */
export const folderOf = (dataDir: string): string => join(dataDir, 'engines', `agent-sdk-${version}`)

export const isInstalled = (dataDir: string): boolean => existsSync(entryOf(folderOf(dataDir)))

/** The module to import. */
export const entryOf = (folder: string): string => join(folder, 'node_modules', packageName, 'sdk.mjs')

/** Installs it whole or not at all, from the registry that npm is set to. */
export async function install(dataDir: string): Promise<string> {
  const folder = folderOf(dataDir)
  if (isInstalled(dataDir)) return folder
  const draft = `${folder}.${process.pid}`
  await mkdir(draft, { recursive: true })
  try {
    await writeFile(join(draft, 'package.json'), '{"private":true}\n')
    const what = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${packageName}@${version}`]
    await run('npm', what, { cwd: draft, timeout: patienceMs })
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}
