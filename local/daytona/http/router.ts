import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from './refusal.ts'
import { send, sendError, type Reply, type Source } from './reply.ts'

export type Call = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly query: URLSearchParams
  /** A named piece of the path, decoded. */
  param(name: string): string
  /** The JSON object in the body; empty when there is none. */
  fields(): Promise<Record<string, unknown>>
}

/** A route answers with a reply, or with nothing when it wrote the response itself. */
export type Route = {
  readonly method: string
  readonly path: string
  readonly run: (call: Call) => Reply | void | Promise<Reply | void>
}

const MAX_JSON = 8 * 1024 * 1024

/** Turns a table of routes into one listener. Paths hold `:name` pieces; the first match wins; no match is 404. */
export function router(routes: readonly Route[], source: Source) {
  const table = routes.map((route) => ({ route, pattern: compile(route.path) }))
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    try {
      for (const { route, pattern } of table) {
        const match = route.method === request.method ? pattern.exec(url.pathname) : null
        if (!match) continue
        const reply = await route.run(callOf(request, response, { url, pieces: match.groups ?? {} }))
        if (reply) send(response, reply)
        return
      }
      throw new Refusal(404, `Cannot ${request.method} ${url.pathname}`)
    } catch (thrown) {
      sendError(request, response, [thrown, source])
    }
  }
}

function compile(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
}

type Place = { readonly url: URL; readonly pieces: Record<string, string> }

function callOf(request: IncomingMessage, response: ServerResponse, place: Place): Call {
  return {
    request,
    response,
    query: place.url.searchParams,
    param: (name) => decodeURIComponent(place.pieces[name] ?? ''),
    fields: async () => asObject(await readBody(request, MAX_JSON)),
  }
}

function asObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal(400, 'the body is not JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Refusal(400, 'the body must be a JSON object')
  }
  return parsed as Record<string, unknown>
}

/** Reads a whole request body of at most `limit` bytes; more is refused with 413. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new Refusal(413, `the body is larger than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
