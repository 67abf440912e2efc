import { randomBytes } from 'node:crypto'
import type { ActivationRecord, ActivationRecords, ActivationResponse } from './activation-records.ts'
import type { LogLine } from './container-logs.ts'
import type { ActivationContext } from './container-messages.ts'
import type { Outcome } from './container.ts'
import type { Limits } from './limits.ts'
import type { Pool } from './pool.ts'
import type { FunctionSpec } from './project-file.ts'
import type { Throttle } from './throttle.ts'

/** One line that a function printed, or that the platform says about it when it failed. */
export type FunctionLog = Omit<LogLine, 'stream'> & {
  stream: LogLine['stream'] | 'platform'
  function: string
  activationId: string
}

export type Invocation = {
  spec: FunctionSpec
  event: Record<string, unknown>
  /** Somebody waits for the answer: then no record is kept unless it fails or takes too long. */
  awaited: boolean
}

export type Activation = {
  id: string
  answered: Promise<ActivationResponse>
  recorded: Promise<ActivationRecord>
}

export type ActivationSetting = {
  pool: Pool
  throttle: Throttle
  records: ActivationRecords
  limits: Limits
  namespace: string
  apiHost: () => string
  onLog: (line: FunctionLog) => void
}

export type Invoke = (invocation: Invocation) => Activation | { refused: string }

/** Makes the one way in which a function is run, whoever asks: the web, the REST API, a trigger. */
export function createInvoke(setting: ActivationSetting): Invoke {
  return (invocation) => {
    const refused = setting.throttle.enter()
    if (refused !== undefined) return { refused }
    const context = describeContext(setting, invocation.spec)
    const answer = run(setting, invocation, context)
    const answered = answer.then(({ response }) => response)
    return { id: context.activationId, answered, recorded: answer.then((done) => record(setting, invocation, done)) }
  }
}

type Done = {
  context: ActivationContext
  start: number
  end: number
  response: ActivationResponse
  lines: Promise<LogLine[]>
  initMs: number | undefined
}

function describeContext({ namespace, apiHost }: ActivationSetting, spec: FunctionSpec): ActivationContext {
  return {
    activationId: randomBytes(16).toString('hex'),
    apiHost: apiHost(),
    apiKey: '',
    deadline: Date.now() + spec.timeoutMs,
    functionName: `/${namespace}/${spec.address}`,
    functionVersion: '0.0.1',
    namespace,
    requestId: randomBytes(16).toString('hex'),
  }
}

async function run(setting: ActivationSetting, { spec, event }: Invocation, context: ActivationContext): Promise<Done> {
  const start = context.deadline - spec.timeoutMs
  const { container, cold } = setting.pool.take(spec)
  const { activationId } = context
  const tell = (line: Omit<FunctionLog, 'function' | 'activationId'>): void =>
    setting.onLog({ ...line, function: spec.address, activationId })
  const lines = container.logs.collect(spec.logsKb * 1024, tell)
  const outcome = await container.run(event, context).finally(setting.throttle.leave)
  setting.pool.release(container, 'failure' in outcome)
  const response = responseOf(outcome, setting.limits.maxBytes)
  if (!response.success) tell({ at: new Date().toISOString(), stream: 'platform', text: excerpt(response.result) })
  return { context, start, end: Date.now(), response, lines, initMs: cold ? container.initMs() : undefined }
}

function responseOf(outcome: Outcome, maxBytes: number): ActivationResponse {
  if ('failure' in outcome) return developerError(outcome.failure)
  const { result } = outcome
  const bytes = Buffer.byteLength(JSON.stringify(result))
  if (bytes > maxBytes)
    return developerError(`The function produced a response of ${bytes} bytes; ${maxBytes} are allowed.`)
  const failed = typeof result === 'object' && result !== null && 'error' in result
  return failed ? { status: 'application error', success: false, result } : { status: 'success', success: true, result }
}

function excerpt(result: unknown): string {
  return JSON.stringify(result).slice(0, 4096)
}

function developerError(error: string): ActivationResponse {
  return { status: 'developer error', success: false, result: { error } }
}

async function record(
  setting: ActivationSetting,
  { spec, awaited }: Invocation,
  done: Done,
): Promise<ActivationRecord> {
  const { context, start, end, response, initMs } = done
  const logs = (await done.lines).map(({ at, stream, text }) => `${at} ${stream}: ${text}`)
  const entry: ActivationRecord = {
    activationId: context.activationId,
    namespace: context.namespace,
    name: spec.name,
    version: context.functionVersion,
    subject: context.namespace,
    start,
    end,
    duration: end - start,
    publish: false,
    response,
    logs,
    annotations: [
      { key: 'path', value: `${context.namespace}/${spec.address}` },
      { key: 'limits', value: { timeout: spec.timeoutMs, memory: spec.memoryMb, logs: spec.logsKb } },
      ...(initMs === undefined ? [] : [{ key: 'initTime', value: Math.round(initMs) }]),
    ],
  }
  const quiet = awaited && response.success && entry.duration < setting.limits.blockMs
  if (!quiet) setting.records.keep(entry)
  return entry
}
