import { join } from 'node:path'
import type { Settings } from '../../scripts/settings.ts'
import { openGatewayContext } from '../../gateway/context.ts'
import { startGateway } from '../../gateway/server.ts'
import { Config } from '../../lib/config.ts'
import { startFrontDoor } from '../front-door/index.ts'
import { startFunctions, type FunctionsRunner } from '../functions/index.ts'
import type { Limits } from '../functions/limits.ts'
import { environmentOf } from './environment.ts'
import { choosePorts } from './ports.ts'
import { openSecrets } from './secrets.ts'
import { startStandIns, type StandIns } from './stand-ins.ts'

export interface StackOptions {
  dataDir: string
  /** Where installed templates are shared; by default in the data folder. */
  templatesDir?: string
  /** The front door's port; 0 takes any free one. */
  port: number
  settings: Settings
  say?: (line: string) => void
  /** Whether cron triggers fire by themselves; tests fire them. */
  schedules?: boolean
  /** What the functions' platform allows, where that is not what it really does. */
  limits?: Partial<Limits>
  /** Where the functions' log lines go; by default to `<dataDir>/functions.log`. */
  onLog?: (line: string) => void
}

export interface Stack {
  url: string
  environment: Record<string, string>
  standIns: StandIns
  functions: FunctionsRunner
  issueToken(email: string): Promise<string>
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** The whole cloud on this machine: stand-ins, functions, site, in the order in which they need each other. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, settings, say = () => {} } = options
  await using started = new AsyncDisposableStack()
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    started.defer(() => part.stop())
    return part
  }
  const [ports, secrets] = await Promise.all([choosePorts(dataDir, options.port), openSecrets(dataDir)])
  const frontDoorUrl = `http://localhost:${ports.frontDoor}`
  const standIns = keep(await startStandIns({ ...options, ports, secrets, frontDoorUrl, say }))
  const environment = environmentOf({
    addresses: { ...standIns.addresses, frontDoor: frontDoorUrl, functions: `http://127.0.0.1:${ports.functions}` },
    secrets,
    settings,
    allowHosts: standIns.allowHosts,
    management: standIns.issuer?.management,
  })
  if (environment['MODEL_GATEWAY'] === 'service') {
    const gateway = await openGateway(environment, ports.gateway)
    environment['MODEL_GATEWAY'] = keep(gateway).url
  }
  const functions = keep(await openFunctions(options, ports.functions, environment))
  const frontDoor = keep(
    await startFrontDoor({
      port: ports.frontDoor,
      site: join(root, 'web/build'),
      functions: functions.url,
      ...standIns,
    }),
  )
  const all = started.move()
  return {
    url: frontDoor.url,
    environment,
    standIns,
    functions,
    issueToken: standIns.issueToken,
    stop: () => all.disposeAsync(),
  }
}

const openGateway = (environment: Record<string, string>, port: number) =>
  startGateway({ context: openGatewayContext(new Config(environment)), port })

function openFunctions(
  { schedules = true, limits = {}, onLog = () => {} }: StackOptions,
  port: number,
  env: Record<string, string>,
) {
  return startFunctions({
    projectFile: join(root, 'project.yml'),
    bundlesDir: join(root, 'build/functions'),
    env,
    port,
    apiKey: env['FUNCTIONS_API_KEY'] ?? '',
    schedules,
    limits,
    onLog: (line) => onLog(`${line.function} ${line.text}`),
  })
}
