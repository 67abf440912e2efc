import { timingSafeEqual } from 'node:crypto'
import type { Activation, Invoke } from './activation.ts'
import type { ActivationRecord, ActivationRecords } from './activation-records.ts'
import type { Limits } from './limits.ts'
import type { FunctionSpec } from './project-file.ts'
import { answerJson, answerRefusal, refusals, tooManyRequests } from './refusal.ts'
import type { Answer } from './refusal.ts'
import { isBound } from './web-event.ts'
import { within } from './within.ts'

export type NamespaceSetting = {
  functions: Map<string, FunctionSpec>
  invoke: Invoke
  records: ActivationRecords
  limits: Limits
  namespace: string
  apiKey: string
}

export type NamespaceRequest = {
  method: string
  path: string
  query: URLSearchParams
  authorization: string
  body: Buffer
}

const resource = /^\/api\/v1\/namespaces\/([^/]+)\/(actions|activations)(?:\/(.+))?$/

/** Answers the REST API of the namespace: invoking functions, and reading the records of what ran. */
export async function serveNamespace(setting: NamespaceSetting, request: NamespaceRequest): Promise<Answer> {
  if (!holdsApiKey(request.authorization, setting.apiKey)) return answerRefusal(refusals.badKey)
  const [, namespace, kind, name] = resource.exec(request.path) ?? []
  if (namespace !== '_' && namespace !== setting.namespace) return answerRefusal(refusals.notFound)
  if (kind === 'activations') return showActivations(setting.records, request, name)
  const spec = setting.functions.get(name ?? '')
  if (!spec) return answerRefusal(refusals.notFound)
  if (request.method !== 'POST') return answerRefusal(refusals.methodNotAllowed)
  return invokeFunction(setting, spec, request)
}

function holdsApiKey(authorization: string, apiKey: string): boolean {
  const expected = Buffer.from(`Basic ${Buffer.from(apiKey).toString('base64')}`)
  const given = Buffer.from(authorization)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function invokeFunction(
  setting: NamespaceSetting,
  spec: FunctionSpec,
  request: NamespaceRequest,
): Promise<Answer> {
  const payload = parsePayload(request.body)
  if (!payload) return answerRefusal(refusals.malformed)
  if (Object.keys(payload).some((key) => isBound(spec, key))) return answerRefusal(refusals.reserved)
  const awaited = request.query.get('blocking') === 'true'
  const activation = setting.invoke({ spec, event: { ...spec.parameters, ...payload }, awaited })
  if ('refused' in activation) return answerRefusal(tooManyRequests(activation.refused))
  const record = awaited ? await within(activation.recorded, setting.limits.blockMs) : undefined
  const answer = record ? showRecord(record, request.query.get('result') === 'true') : accepted(activation)
  return { ...answer, headers: [...answer.headers, ['x-openwhisk-activation-id', activation.id]] }
}

function accepted({ id }: Activation): Answer {
  return answerJson(202, { activationId: id })
}

function showRecord(record: ActivationRecord, resultOnly: boolean): Answer {
  return answerJson(record.response.success ? 200 : 502, resultOnly ? record.response.result : record)
}

function parsePayload(body: Buffer): Record<string, unknown> | undefined {
  if (body.length === 0) return {}
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function showActivations(records: ActivationRecords, { method, query }: NamespaceRequest, name?: string): Answer {
  if (method !== 'GET') return answerRefusal(refusals.methodNotAllowed)
  if (name === undefined) return answerJson(200, records.list().slice(0, Number(query.get('limit') ?? 30)))
  const [id = '', part] = name.split('/')
  const record = records.get(id)
  if (!record) return answerRefusal(refusals.notFound)
  if (part === 'logs') return answerJson(200, { logs: record.logs })
  if (part === 'result') return answerJson(200, record.response)
  return part === undefined ? answerJson(200, record) : answerRefusal(refusals.notFound)
}
