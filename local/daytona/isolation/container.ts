import { execFile, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extraCertificates } from './certificates.ts'
import { insideEnvironment } from './inside.ts'
import { INSIDE, type Isolation, type Launch } from './isolation.ts'
import { started } from './started.ts'

const IMAGE = 'node:24-bookworm-slim'
const APP = 1000

/** Whether a container engine that speaks Docker's command line answers. */
export async function engineAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('docker', ['version', '--format', '{{.Server.Os}}'], { timeout: 3000 }, (error) => resolve(!error))
  })
}

/** The same toolbox in a container without a network; the folder with the sockets is shared, so the engine must be local. */
export function container(toolbox: string): Isolation {
  return {
    name: 'container',
    says: 'containers of the Docker engine (not exercised by our tests)',
    async wipe(folder) {
      const view = ['--rm', '--network', 'none', '-v', `${folder}:/box`, IMAGE]
      await docker(['run', ...view, 'find', '/box', '-mindepth', '1', '-delete'])
      await docker([
        'run',
        '--rm',
        '-v',
        `${join(folder, '..')}:/boxes`,
        IMAGE,
        'rm',
        '-rf',
        `/boxes/${folder.split('/').at(-1)}`,
      ])
    },
    async launch(launch) {
      const name = `everjust-${launch.id}`
      await docker(['rm', '-f', name])
      const child = spawn('docker', runArguments(launch, name, toolbox), { stdio: ['ignore', 'pipe', 'pipe'] })
      return started(child, () => docker(['rm', '-f', name]))
    },
  }
}

function runArguments(launch: Launch, name: string, toolbox: string): string[] {
  const folder = (parent: string, child: string) => {
    mkdirSync(join(parent, child), { recursive: true })
    return join(parent, child)
  }
  const variables = join(launch.run, 'env')
  const environment = { ...insideEnvironment(launch, { id: APP }), PATH: '/usr/local/bin:/usr/bin:/bin' }
  const rows = Object.entries(environment).map(([key, value]) => `${key}=${value.replaceAll('\n', ' ')}`)
  writeFileSync(variables, rows.join('\n'), { mode: 0o600 })
  const { cpu, memory } = launch.resources
  const certificates = [extraCertificates()].filter((file) => file !== undefined)
  return [
    ...['run', '--rm', '--init', '--name', name, '--network', 'none', '--security-opt', 'no-new-privileges'],
    ...[
      '--cap-drop',
      'ALL',
      ...['SETUID', 'SETGID', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL'].flatMap((cap) => ['--cap-add', cap]),
    ],
    ...['--cpus', String(cpu), '--memory', `${memory}g`, '--pids-limit', String(launch.pids), '--env-file', variables],
    ...['-v', `${folder(launch.box, 'home')}:${INSIDE.home}`, '-v', `${folder(launch.box, 'root')}:${INSIDE.rootHome}`],
    ...['-v', `${folder(launch.run, 'inside')}:${INSIDE.run}`, '-v', `${toolbox}:${INSIDE.toolbox}:ro`],
    ...certificates.flatMap((file) => ['-v', `${file}:${INSIDE.certificates}:ro`]),
    ...(launch.snapshot.mounts ?? []).flatMap(({ from, to }) => ['-v', `${from}:${to}:ro`]),
    ...['-w', INSIDE.home, IMAGE, 'node', INSIDE.toolbox],
  ]
}

async function docker(args: readonly string[]): Promise<void> {
  await new Promise<void>((resolve) => execFile('docker', [...args], () => resolve()))
}
