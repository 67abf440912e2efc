// A built function behind the thinnest possible door: a raw web event in, its answer out. One process, one instance.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen } from '../../../local/listen.ts'
import { loadBundle } from './bundle.ts'

const address = process.env['BENCH_FUNCTION'] ?? 'v1/projects'
const main = loadBundle(address)
const prefix = `/api/${address}`

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', queryString = ''] = (request.url ?? '').slice(prefix.length).split('?')
  const { statusCode, headers, body } = await main({
    http: { method: request.method ?? 'GET', path, queryString, headers: request.headers as Record<string, string> },
  })
  response.writeHead(statusCode, headers).end(typeof body === 'object' ? JSON.stringify(body) : body)
}

const server = createServer((request, response) => void answer(request, response))
process.send?.({ port: await listen(server, 0) })
