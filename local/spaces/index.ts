import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../listen.ts'
import { sendEmpty, type Call } from './call.ts'
import { corsHeaders, readRules, rulesFor } from './cors.ts'
import { Failure } from './failure.ts'
import { operationOf } from './route.ts'
import { isSigned } from './signature.ts'
import { openStore, type Store } from './store.ts'

export type SpacesOptions = {
  dataDir: string
  port: number
  accessKey: string
  secretKey: string
  /** Made when they are missing. */
  buckets: string[]
  /** Origins whose pages may read and upload by presigned address. */
  corsOrigins: string[]
  /** The clock, for tests of expiry. */
  now?: () => number
}

export type Spaces = { endpoint: string; port: number; stop(): Promise<void> }

/** Starts an S3 server (path-style addresses) that keeps its objects as files in `dataDir`. */
export const startSpaces = async (options: SpacesOptions): Promise<Spaces> => {
  const store = openStore(options.dataDir)
  for (const name of options.buckets) store.create(name)
  const server = createServer((request, response) => {
    void answer(request, response, { store, options }).catch((cause: unknown) => refuse(request, response, cause))
  })
  const port = await listen(server, options.port)
  return { endpoint: `http://localhost:${port}`, port, stop: () => close(server) }
}

type Setting = { store: Store; options: SpacesOptions }

const answer = async (request: IncomingMessage, response: ServerResponse, { store, options }: Setting) => {
  const { path, bucket, key, query } = addressOf(request)
  const rules = store.has(bucket) ? readRules(store.bucket(bucket), rulesFor(options.corsOrigins)) : []
  const cors = corsHeaders(request, rules)
  for (const [name, value] of Object.entries(cors ?? {})) response.setHeader(name, value)
  if (request.method === 'OPTIONS') {
    if (!cors) throw new Failure('AccessForbidden')
    return sendEmpty(response, 200)
  }
  const asked = { method: request.method ?? '', path, query, headers: request.headers }
  const signed = isSigned(asked, options, (options.now ?? Date.now)())
  const call: Call = { request, response, store, query, bucket, key, signed }
  await operationOf(call)(call)
}

// A proxy may pass the whole address on instead of the path.
// A proxy may pass the whole address on instead of the path.
const addressOf = (request: IncomingMessage) => {
  const address = (request.url ?? '/').replace(/^http:\/\/[^/]+/, '')
  const [path = '/', search = ''] = address.split(/\?(.*)/s)
  const [, bucket = '', ...rest] = path.split('/')
  try {
    return {
      path,
      bucket: decodeURIComponent(bucket),
      key: decodeURIComponent(rest.join('/')),
      query: new URLSearchParams(search),
    }
  } catch {
    throw new Failure('InvalidURI')
  }
}

const refuse = (request: IncomingMessage, response: ServerResponse, cause: unknown): void => {
  // The rest of a refused body is read away, so that the caller sees the answer and not a cut connection.
  request.resume()
  if (response.headersSent) return void response.destroy()
  const failure = cause instanceof Failure ? cause : new Failure(request.destroyed ? 'IncompleteBody' : 'InternalError')
  response.writeHead(failure.status, { 'content-type': 'application/xml' })
  response.end(request.method === 'HEAD' ? undefined : failure.xml())
}
