import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { access, copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

export type InstalledTemplate = {
  name: string
  /** The template's own files, in the repository. */
  files: string
  /** The shared dependencies of this template; projects link to it and never write there. */
  nodeModules: string
}

export type InstallOptions = {
  /** All local state; the shared folders are `<dataDir>/templates/<name>-<hash of the lockfile>`. */
  dataDir: string
  /** Where one line about a long step goes. */
  say?: (line: string) => void
}

const Lockfile = z.object({ packages: z.record(z.string(), z.unknown()) })
const templates = fileURLToPath(new URL('../templates/', import.meta.url))

/**
 * Installs the dependencies of every template once per machine and answers their folders.
 * What is installed already costs a few milliseconds. Rejects with npm's last lines when an install fails.
 */
export async function installTemplates({ dataDir, say = console.log }: InstallOptions): Promise<InstalledTemplate[]> {
  const entries = await readdir(templates, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(names.map((name) => installTemplate(name, { dataDir, say })))
}

async function installTemplate(name: string, { dataDir, say }: Required<InstallOptions>): Promise<InstalledTemplate> {
  const files = join(templates, name)
  const lock = await readFile(join(files, 'package-lock.json'))
  // Compiled parts differ between systems, and the folder may be on a disk that several share.
  const hash = createHash('sha256').update(lock).update(process.platform).update(process.arch).digest('hex')
  const folder = join(dataDir, 'templates', `${name}-${hash.slice(0, 12)}`)
  const nodeModules = join(folder, 'node_modules')
  if (await exists(nodeModules)) return { name, files, nodeModules }
  if (hasDependencies(lock)) {
    say(`Installing the ${name} template's dependencies (once on this machine)`)
    await installInto(folder, files)
  } else await mkdir(nodeModules, { recursive: true })
  return { name, files, nodeModules }
}

// The lockfile names the template itself and everything below it.
const hasDependencies = (lock: Buffer): boolean =>
  Object.keys(Lockfile.parse(JSON.parse(lock.toString())).packages).length > 1

// Two starts at once each install into a folder of their own; the first to finish gives it the name.
async function installInto(folder: string, files: string): Promise<void> {
  const draft = `${folder}.${randomUUID().slice(0, 8)}`
  await mkdir(draft, { recursive: true })
  try {
    await copyFile(join(files, 'package.json'), join(draft, 'package.json'))
    await copyFile(join(files, 'package-lock.json'), join(draft, 'package-lock.json'))
    await npmCi(draft)
    await rename(draft, folder)
  } catch (cause) {
    if (!(await exists(join(folder, 'node_modules')))) throw cause
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function npmCi(folder: string): Promise<void> {
  const flags = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // npm's own file runs with our Node; without it (started by hand) npm is found on the PATH.
  const own = process.env['npm_execpath']
  const [program, args] = own?.endsWith('.js') === true ? [process.execPath, [own, ...flags]] : ['npm', flags]
  const child = spawn(program, args, { cwd: folder, env: installEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm ci failed in ${folder}:\n${output}`))))
  })
}

// Settings that an outer `npm start` passes down, such as its prefix or omitted groups, are not meant for this install.
function installEnvironment(): NodeJS.ProcessEnv {
  const dropped =
    /^(npm_config_(local_prefix|prefix|omit|include|production|only|global)|npm_package_.*|npm_lifecycle_.*|NODE_ENV|INIT_CWD)$/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name)))
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
