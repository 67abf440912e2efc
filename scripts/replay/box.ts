import { mkdtemp, rm } from 'node:fs/promises'
import { Daytona } from '@daytonaio/sdk'
import { startDaytona } from '../../local/daytona/start.ts'
import { sandboxImage } from '../../local/stack/image.ts'
import { hostAndPort, npmRegistry } from '../../local/stack/registry.ts'
import { ReplayedStep, type ReplayJob } from '../../sandbox/replay/wire.ts'
import { buildSandbox } from '../build-sandbox.ts'
import { installTemplates } from '../install-templates.ts'

const seconds = 600
const file = '/root/replay.json'
const command = `/opt/everjust/node/bin/node /opt/everjust/bin/replay.js ${file}`

/** Makes a recorded run again in a new sandbox on this machine, which is gone afterwards. `templatesDir` holds installed templates. */
export async function replayInBox(job: ReplayJob, templatesDir: string): Promise<ReplayedStep[]> {
  const dataDir = await mkdtemp('/var/tmp/everjust-replay-')
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(dataDir, { recursive: true, force: true }))
  const [programs, templates, registry] = await Promise.all([
    buildSandbox(),
    installTemplates({ dataDir: templatesDir }),
    npmRegistry(),
  ])
  const server = await startDaytona({
    dataDir,
    apiKey: 'replay',
    snapshots: {
      replay: {
        ...sandboxImage({ programs, templates, browser: undefined }),
        env: { npm_config_registry: registry.href },
      },
    },
    egress: { loopback: [hostAndPort(registry)], domains: [registry.hostname] },
    log: () => {},
  })
  undo.defer(() => server.stop())
  const client = new Daytona({ apiUrl: server.apiUrl, apiKey: server.apiKey, useDeprecatedPolling: true })
  const box = await client.create({ snapshot: 'replay', language: 'typescript' })
  await box.fs.uploadFile(Buffer.from(JSON.stringify(job)), file)
  const { exitCode, result } = await box.process.executeCommand(command, undefined, undefined, seconds)
  if (exitCode !== 0) throw new Error(`The replay broke off: ${result.slice(-2_000)}`)
  return result
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => ReplayedStep.parse(JSON.parse(line)))
}
