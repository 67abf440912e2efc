import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import { serveNamespace } from './namespace-api.ts'
import type { NamespaceSetting } from './namespace-api.ts'
import { readBody } from './read-body.ts'
import { answerRefusal, invalidMedia, refusals } from './refusal.ts'
import type { Answer } from './refusal.ts'
import { serveWeb } from './web.ts'
import { findWebRoute } from './web-route.ts'

/** The one door: web requests to functions, and the REST API of the namespace. */
export function createHttpServer(setting: NamespaceSetting): Server {
  // A proxy in front keeps its connections; Node's five seconds would race with it.
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    serve(setting, request)
      .catch((error: unknown) => answerRefusal({ status: 500, error: String(error) }))
      .then((answer) => sendOrRefuse(request, response, answer))
      .catch(() => response.destroy())
  })
  return server
}

async function serve(setting: NamespaceSetting, request: IncomingMessage): Promise<Answer> {
  const [path = '', ...queries] = (request.url ?? '').split('?')
  const query = queries.join('?')
  const method = request.method ?? 'GET'
  const toNamespace = path.startsWith('/api/v1/namespaces/')
  const route = toNamespace ? undefined : findWebRoute(path, setting.namespace, setting.functions)
  if (!toNamespace && !route) return answerRefusal(refusals.notFound)
  const body = await readBody(request, setting.limits.maxBytes)
  if (!body) return answerRefusal(refusals.tooLarge)
  if (route) return serveWeb(setting, route, { method, headers: headersOf(request), path: route.path, query, body })
  const authorization = request.headers.authorization ?? ''
  return serveNamespace(setting, { method, path, query: new URLSearchParams(query), authorization, body })
}

/** The headers as a function sees them: lower case, one value a name, with those that the platform always adds. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {
    accept: '*/*',
    'accept-encoding': 'gzip',
    'user-agent': '',
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-proto': 'http',
    'x-request-id': randomUUID().replaceAll('-', ''),
  }
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

/** A function may ask for headers that HTTP cannot carry. */
function sendOrRefuse(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  try {
    send(request, response, answer)
  } catch {
    send(request, response, answerRefusal(invalidMedia('message/http')))
  }
}

const ours = ['content-length', 'transfer-encoding', 'connection']

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  const length: [string, string][] = status === 204 || status === 304 ? [] : [['content-length', String(bytes.length)]]
  const own = headers.filter(([name]) => !ours.includes(name))
  // What is left of a request that was not read to its end must not be taken for the next one.
  const rest: [string, string][] = request.complete ? [] : [['connection', 'close']]
  response.writeHead(status, [...own, ...length, ...rest].flat())
  response.end(request.method === 'HEAD' ? undefined : bytes)
}
