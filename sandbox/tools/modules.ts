import { createHash } from 'node:crypto'
import { cpSync, existsSync, lstatSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { runGroup } from './groups.ts'
import { plain } from './script.ts'
import type { Ran } from './wire.ts'

const Dependencies = z._default(z.record(z.string(), z.string()), {})
const Package = z.looseObject({
  dependencies: Dependencies,
  devDependencies: Dependencies,
  optionalDependencies: Dependencies,
})
const install = 'npm install --no-audit --no-fund --prefer-offline --no-progress --loglevel=error'
const installSeconds = 120

interface Folders {
  project: string
  template: string
}

const nothingToDo: Ran = { ran: false, ok: true, output: '', ms: 0 }

/**
 * Gives the project its dependencies: a link to the template's, which every project of a machine shares, as long as
 * both want the same; else a copy of its own, brought up to date by npm.
 */
export async function bringModules({ project, template }: Folders): Promise<Ran> {
  const wanted = wantedBy(project)
  if (wanted === undefined) return { ran: true, ok: false, output: 'package.json is not valid JSON.', ms: 0 }
  const [own, shared] = [join(project, 'node_modules'), join(template, 'node_modules')]
  if (wanted === wantedBy(template)) return link(own, shared)
  const marker = join(own, '.everjust')
  const digest = createHash('sha256').update(wanted).digest('hex')
  if (!isLink(own) && existsSync(marker) && readFileSync(marker, 'utf8') === digest) return nothingToDo
  if (isLink(own)) rmSync(own)
  if (!existsSync(own) && existsSync(shared)) cpSync(shared, own, { recursive: true, verbatimSymlinks: true })
  return npmInstall(project, () => writeFileSync(marker, digest))
}

function wantedBy(folder: string): string | undefined {
  try {
    const found = Package.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    const all = { ...found.optionalDependencies, ...found.devDependencies, ...found.dependencies }
    return JSON.stringify(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  } catch {
    return existsSync(join(folder, 'package.json')) ? undefined : '[]'
  }
}

function link(own: string, shared: string): Ran {
  if (!existsSync(shared) || (isLink(own) && readlinkSync(own) === shared)) return nothingToDo
  const replaced = lstatSync(own, { throwIfNoEntry: false }) !== undefined
  rmSync(own, { recursive: true, force: true })
  symlinkSync(shared, own)
  return { ...nothingToDo, ran: replaced }
}

async function npmInstall(project: string, done: () => void): Promise<Ran> {
  const started = performance.now()
  const { code, output } = await runGroup(install, { cwd: project, env: process.env, seconds: installSeconds })
  if (code === 0) done()
  return { ran: true, ok: code === 0, output: plain(output), ms: Math.round(performance.now() - started) }
}

const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
