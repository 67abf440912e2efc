import * as z from 'zod/mini'
import { ProblemBody } from '../contract/problem-body.ts'
import type { ProblemCode } from '../contract/problem.ts'
import { problemReferences, problemResponses } from './openapi-problems.ts'
import type { AnyOperation, UngatedOperation } from './operation.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the operations by function and route: everything in it is read from the operations themselves. */
export function openApiOf(tables: Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>): Json {
  const paths: Record<string, Json> = {}
  const refused: ProblemCode[][] = []
  for (const [name, routes] of Object.entries(tables).sort()) {
    for (const [route, operation] of Object.entries(routes)) {
      const [method = '', pattern = ''] = route.split(' ')
      const path = `/api/v1/${name}${pattern === '/' ? '' : pattern.replace(/[:*](\w+)/g, '{$1}')}`
      paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation, { method, path, tag: name }) }
      refused.push(refusalsOf(operation, method))
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'EverJust',
      version: '1',
      description: 'Lists are `{items, next}`: ask again with `after=<next>`. Errors are `application/problem+json`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' } },
      schemas: { Problem: schemaOf(ProblemBody, 'output') },
      responses: problemResponses(refused),
    },
  }
}

interface Where {
  method: string
  path: string
  tag: string
}

function describe(operation: AnyOperation, { method, path, tag }: Where): Json {
  const body = bodyOf(operation)
  return {
    operationId: `${method.toLowerCase()}${path.slice('/api/v1'.length).replace(/\W+(\w?)/g, (_, next: string) => next.toUpperCase())}`,
    summary: operation.summary,
    tags: [tag],
    security: isUngated(operation) ? [] : [{ bearer: [] }],
    parameters: parametersOf(operation, method),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: { ...answerOf(operation), ...problemReferences(refusalsOf(operation, method)) },
  }
}

const isUngated = (operation: AnyOperation): operation is UngatedOperation =>
  operation.kind === 'open' || operation.kind === 'public'

function bodyOf(operation: AnyOperation): Json | undefined {
  const body = isUngated(operation) ? undefined : (operation.body as z.ZodMiniType | undefined)
  return body && schemaOf(body, 'input')
}

function parametersOf(operation: AnyOperation, method: string): Json[] {
  if (operation.kind === 'open') return []
  return [
    ...fieldsOf(operation.path as z.ZodMiniType | undefined, 'path'),
    ...fieldsOf(operation.query as z.ZodMiniType | undefined, 'query'),
    ...(takesKey(operation, method) ? [idempotencyKey] : []),
  ]
}

function fieldsOf(schema: z.ZodMiniType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: field,
  }))
}

const takesKey = ({ kind }: AnyOperation, method: string) => kind === 'bound' && method !== 'GET'

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request is carried out once and answered alike for a day.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

function answerOf({ answers: [status, shape], summary }: AnyOperation): Json {
  const described = { description: summary }
  if (status === 204) return { 204: described }
  if (status === 302) {
    const location = { required: true, schema: { type: 'string', format: 'uri' } }
    return { 302: { ...described, headers: { location } } }
  }
  return {
    [status]: { ...described, content: { 'application/json': { schema: schemaOf(shape as z.ZodMiniType, 'output') } } },
  }
}

/** What the operation declares, and what the way to it may refuse by itself. */
export function refusalsOf(operation: AnyOperation, method: string): ProblemCode[] {
  const always: ProblemCode[] = ['internal']
  if (operation.kind === 'open') return always
  if (operation.kind === 'public') {
    return [
      ...always,
      'rate_limited',
      'unavailable',
      'invalid_request',
      ...((operation.refuses ?? []) as ProblemCode[]),
    ]
  }
  const shaped = operation.query || operation.body
  return [
    ...new Set<ProblemCode>([
      ...always,
      ...(['unauthenticated', 'forbidden', 'not_found', 'rate_limited', 'unavailable'] as const),
      ...(operation.kind === 'operator' ? [] : (['second_factor_required', 'company_sign_in_required'] as const)),
      ...(shaped || takesKey(operation, method) ? (['invalid_request'] as const) : []),
      ...(operation.body ? (['too_large', 'unsupported_media_type'] as const) : []),
      ...(takesKey(operation, method) ? (['idempotency_mismatch'] as const) : []),
      ...((operation.refuses ?? []) as ProblemCode[]),
    ]),
  ]
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
