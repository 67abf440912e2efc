import { spawn, type ChildProcess } from 'node:child_process'
import { basename } from 'node:path'
import type { Writable } from 'node:stream'
import { openCgroups, type Group } from './cgroup.ts'
import { filesystemArguments } from './filesystem.ts'
import { insideEnvironment } from './inside.ts'
import { INSIDE, type Isolation, type Launch } from './isolation.ts'
import { started } from './started.ts'
import { identityFor, type Identity } from './identity.ts'
import { wipe } from './wipe.ts'

/** All that our own programs need inside: become `app`, own files for it, end what it started. */
const CAPABILITIES = ['SETUID', 'SETGID', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL']

/** Isolation by Linux namespaces through bubblewrap; as root without, as anybody else with a user namespace. */
export async function bubblewrap(toolbox: string): Promise<Isolation> {
  const identity = await identityFor()
  const groups = await openCgroups()
  return {
    name: 'bubblewrap',
    says: `bubblewrap, ${identity.says}; ${groups?.says ?? 'no writable cgroups: processes limited by prlimit, memory not'}`,
    async wipe(folder) {
      await groups?.remove(basename(folder))
      await wipe(folder, identity)
    },
    async launch(launch) {
      const group = await groups?.create(launch)
      const child = start(launch, { toolbox, identity, group })
      return started(child, async () => group?.remove())
    },
  }
}

type Means = {
  readonly toolbox: string
  readonly identity: Identity
  readonly group: Group | undefined
}

function start(launch: Launch, { toolbox, identity, group }: Means): ChildProcess {
  const app = { id: identity.appId(launch), processes: group ? undefined : launch.pids }
  const settings = [
    ...namespaceArguments(identity),
    ...filesystemArguments(launch, { toolbox, appId: app.id }),
    ...['--clearenv'],
    ...Object.entries(insideEnvironment(launch, app)).flatMap(([name, value]) => ['--setenv', name, value]),
  ]
  const program = [`${INSIDE.nodeFolder}/bin/node`, INSIDE.toolbox]
  return spawnWithArguments(['bwrap', '--args', '3', '--', ...program], settings, {
    join: group?.join ?? [],
    identity,
  })
}

/** Namespaces and rights that every sandbox gets. */
export function namespaceArguments(identity: Identity): string[] {
  return [
    ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--hostname', 'sandbox', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...identity.arguments,
    ...(identity.keepsRights ? CAPABILITIES : []).flatMap((name) => ['--cap-add', `CAP_${name}`]),
  ]
}

/** Enters the given control groups, then becomes the program: no moment in which it runs outside of them. */
const ENTER = 'while [ "$1" != -- ]; do echo 0 >"$1" || exit 1; shift; done; shift; exec "$@"'

/** Starts bubblewrap with its settings on descriptor 3, because an argument list is readable by everybody on the machine. */
export function spawnWithArguments(
  command: readonly string[],
  settings: readonly string[],
  around: { join: readonly string[]; identity: Identity },
): ChildProcess {
  const child = spawn('/bin/sh', ['-c', ENTER, 'sh', ...around.join, '--', ...command], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', ...around.identity.descriptors],
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
  })
  const input = child.stdio[3] as Writable
  input.on('error', () => undefined)
  input.end(settings.map((setting) => `${setting}\0`).join(''))
  around.identity.attend(child)
  return child
}
