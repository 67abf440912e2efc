import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from '../../local/listen.ts'
import { installTemplates } from '../../scripts/install-templates.ts'

/** A project made from a template, with the shared dependencies linked in as a sandbox links them. */
export type Project = AsyncDisposable & {
  folder: string
  nodeModules: string
  /** Runs one of the template's scripts to its end; rejects with its output when it fails. */
  script: (name: 'build' | 'check') => Promise<string>
  /** Starts `dev` on a free port of the loopback and waits until it answers. */
  dev: () => Promise<{ url: string; startedIn: number }>
  /** The same as a sandbox starts it, with the programs in this folder. */
  preview: (programs: string) => Promise<{ url: string; startedIn: number }>
}

export async function makeProject(template: 'react' | 'static'): Promise<Project> {
  const installed = await installTemplates({ dataDir: join(tmpdir(), 'installed-templates'), say: () => {} })
  const { files, nodeModules } = found(installed.find(({ name }) => name === template))
  const folder = await mkdtemp(join(tmpdir(), 'template-project-'))
  await cp(files, folder, { recursive: true, filter: (path) => !path.startsWith(join(files, 'node_modules')) })
  await symlink(nodeModules, join(folder, 'node_modules'))
  const stops: (() => Promise<void>)[] = []
  const served = async (command: string[], env: NodeJS.ProcessEnv = {}) => {
    const server = await startDev(folder, { command, env, template })
    stops.push(server.stop)
    return server
  }
  return {
    folder,
    nodeModules,
    script: async (name) => {
      const options = { cwd: folder, env: environment() }
      const { code, output } = await run('npm', ['run', '--silent', name], options)
      if (code !== 0) throw new Error(output)
      return output
    },
    dev: () => served(['npm', 'run', '--silent', 'dev']),
    preview: (programs) => {
      const start = { configLoader: 'native' }
      const command = [process.execPath, join(programs, 'preview.js'), JSON.stringify(start)]
      const older = ['node', '--require', join(programs, 'preview-older.js'), 'tools/dev.js']
      return served(template === 'react' ? command : older, { EVERJUST_PREVIEW: programs })
    },
    [Symbol.asyncDispose]: async () => {
      for (const stop of stops) await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function run(program: string, args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

interface Start {
  command: string[]
  env: NodeJS.ProcessEnv
  template: 'react' | 'static'
}

async function startDev(folder: string, { command, env, template }: Start) {
  const port = await freePort()
  const [program = '', ...args] = command
  const began = performance.now()
  const child = spawn(program, template === 'react' ? withPort(args, port) : args, {
    cwd: folder,
    env: { ...environment(), ...env, PORT: String(port), HOST: '127.0.0.1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const url = `http://127.0.0.1:${port}/`
  const stop = async () => {
    if (child.exitCode !== null || child.pid === undefined) return
    const ended = once(child, 'exit')
    process.kill(-child.pid, 'SIGTERM')
    await ended
  }
  try {
    await until(async () => (await fetch(url)).ok, `the dev server answers`)
  } catch (error) {
    await stop()
    throw new Error(`${String(error)}\n${output}`)
  }
  return { url, startedIn: performance.now() - began, stop }
}

/** By flags of its command line, or in what our own program is told. */
function withPort(args: string[], port: number): string[] {
  const last = args.at(-1) ?? ''
  if (!last.startsWith('{')) return [...args, '--', '--port', String(port), '--host', '127.0.0.1']
  return [...args.slice(0, -1), JSON.stringify({ ...(JSON.parse(last) as object), port, host: '127.0.0.1' })]
}

/** Waits until a condition holds; rejects after a minute. A condition that throws does not hold yet. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (await holds().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`waited a minute and still not true: ${what}`)
}

export const fileExists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('no such template')
  return thing
}

// The scripts run as in a sandbox: our Node first on the PATH.
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
})
