import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { bubblewrap, namespaceArguments, spawnWithArguments } from './bubblewrap.ts'
import { container, engineAnswers } from './container.ts'
import { identityFor } from './identity.ts'
import type { IsolationName } from '../options.ts'
import type { Isolation } from './isolation.ts'
import { plain } from './plain.ts'

type Wish = {
  readonly forced?: IsolationName | undefined
  readonly toolbox: string
  readonly log: (line: string) => void
}

const MAKERS: Record<IsolationName, (toolbox: string) => Isolation | Promise<Isolation>> = {
  bubblewrap,
  container,
  plain,
}

/**
 * The best isolation that works here, found by running it: bubblewrap, else a container engine, else nothing at all, and
 * that only when EVERJUST_UNSAFE_SANDBOX=1 asks for it. Throws with what to do when there is none.
 */
export async function chooseIsolation({ forced, toolbox, log }: Wish): Promise<Isolation> {
  const name = forced ?? (await best(log))
  const isolation = await MAKERS[name](toolbox)
  log(`sandboxes: ${isolation.says}`)
  return isolation
}

async function best(log: Wish['log']): Promise<IsolationName> {
  if (await bubblewrapWorks(log)) return 'bubblewrap'
  if (await engineAnswers()) return 'container'
  if (process.env['EVERJUST_UNSAFE_SANDBOX'] === '1') return 'plain'
  throw new Error(
    'Generated code cannot be isolated on this machine: bubblewrap does not work and no container engine answers. ' +
      'Install bubblewrap (Linux: apt-get install bubblewrap uidmap) or start Docker. ' +
      'EVERJUST_UNSAFE_SANDBOX=1 runs generated code as an ordinary program of yours, without any protection.',
  )
}

async function bubblewrapWorks(log: Wish['log']): Promise<boolean> {
  if (process.platform !== 'linux') return false
  if (!installed('bwrap') && !install(log)) return false
  const identity = await identityFor()
  const view = [...namespaceArguments(identity), '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev']
  const child = spawnWithArguments(['bwrap', '--args', '3', '--', 'true'], view, { join: [], identity })
  const [code] = (await once(child, 'close')) as [number | null]
  return code === 0
}

function installed(program: string): boolean {
  return spawnSync('/bin/sh', ['-c', `command -v ${program}`]).status === 0
}

function install(log: Wish['log']): boolean {
  if (process.getuid?.() !== 0 || !installed('apt-get')) return false
  // ripgrep for the search within; without it a slower search of our own does.
  log('sandboxes: installing bubblewrap with apt-get, once for this machine')
  try {
    execFileSync('apt-get', ['install', '-y', 'bubblewrap', 'ripgrep'], { stdio: 'ignore', timeout: 180_000 })
  } catch {
    execFileSync('/bin/sh', ['-c', 'apt-get update && apt-get install -y bubblewrap ripgrep'], {
      stdio: 'ignore',
      timeout: 300_000,
    })
  }
  return installed('bwrap')
}
