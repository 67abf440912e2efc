import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { createInvoke } from './activation.ts'
import type { FunctionLog, Invoke } from './activation.ts'
import { createActivationRecords } from './activation-records.ts'
import type { ActivationRecord, ActivationRecords } from './activation-records.ts'
import { prepareContainers } from './containers.ts'
import { createHttpServer } from './http-server.ts'
import { platformLimits } from './limits.ts'
import type { Limits } from './limits.ts'
import type { ContainerView } from './pool.ts'
import { readProjectFile } from './project-file.ts'
import type { FunctionSpec } from './project-file.ts'
import { createSchedules } from './schedules.ts'
import type { Variables } from './templating.ts'
import { createThrottle } from './throttle.ts'

export type { ActivationRecord, ContainerView, FunctionLog, Limits }

export type FunctionsOptions = {
  /** The path of a project.yml. */
  projectFile: string
  /** Where the built code is: `<package>/<function>/index.js` or `<package>/<function>.js`. */
  bundlesDir: string
  /** What the placeholders of project.yml may name; nothing else of it reaches a function. */
  env: Variables
  /** 0 takes any free port. */
  port: number
  host?: string
  /** `id:secret` of the namespace's REST API; made up when missing. */
  apiKey?: string
  namespace?: string
  limits?: Partial<Limits>
  onLog?: (line: FunctionLog) => void
  /** Whether scheduled triggers fire by themselves; they do unless this is false. */
  schedules?: boolean
}

export type FunctionsRunner = {
  url: string
  apiKey: string
  namespace: string
  /** Runs a function by `package/name`, as the REST API would, and waits for its record. */
  invoke(name: string, parameters?: Record<string, unknown>): Promise<ActivationRecord>
  activations: Pick<ActivationRecords, 'get' | 'list'>
  containers(): ContainerView[]
  fireSchedule(name: string): Promise<ActivationRecord>
  /** Ends every container and connection; leaves nothing behind. */
  stop(): Promise<void>
}

/** Runs the functions of a project.yml as DigitalOcean Functions does; rejects when the file or the port is not usable. */
export async function startFunctions(options: FunctionsOptions): Promise<FunctionsRunner> {
  const {
    projectFile,
    bundlesDir,
    env,
    port,
    host = '127.0.0.1',
    namespace = 'fn-local',
    onLog = () => undefined,
  } = options
  const apiKey = options.apiKey ?? `${randomBytes(16).toString('hex')}:${randomBytes(32).toString('hex')}`
  const limits = { ...platformLimits, ...options.limits }
  const project = readProjectFile(projectFile, env)
  const functions = new Map(project.functions.map((spec) => [spec.address, spec]))
  const records = createActivationRecords()
  let url = ''
  const apiHost = (): string => url
  const pool = await prepareContainers({ bundlesDir, namespace, limits, apiHost })
  const throttle = createThrottle(limits)
  const invoke = createInvoke({ pool, throttle, records, limits, namespace, apiHost, onLog })
  const server = createHttpServer({ functions, invoke, records, limits, namespace, apiKey })
  const schedules = createSchedules({ triggers: project.triggers, functions, invoke })
  const stop = async (): Promise<void> => {
    schedules.stop()
    server.close()
    server.closeAllConnections()
    await pool.stop()
  }
  url = await listen(server, port, host).catch((error: unknown) => stop().then(() => Promise.reject(error)))
  if (options.schedules !== false) schedules.start()
  const { containers } = pool
  const run = (name: string, parameters?: Record<string, unknown>): Promise<ActivationRecord> =>
    invokeByName({ functions, invoke }, name, parameters)
  return { url, apiKey, namespace, activations: records, containers, fireSchedule: schedules.fire, invoke: run, stop }
}

type Callable = { functions: Map<string, FunctionSpec>; invoke: Invoke }

async function invokeByName({ functions, invoke }: Callable, name: string, parameters = {}): Promise<ActivationRecord> {
  const spec = functions.get(name)
  if (!spec) throw new Error(`There is no function called ${name}`)
  const activation = invoke({ spec, event: { ...spec.parameters, ...parameters }, awaited: false })
  if ('refused' in activation) throw new Error(activation.refused)
  return activation.recorded
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`))
  })
}
