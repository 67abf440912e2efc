import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../listen.ts'
import { siteFiles } from './site-files.ts'
import { appHeaders, linkHeaders, siteHeaders } from './site-headers.ts'

export interface FrontDoorOptions {
  port: number
  /** The built site; every path it has no file for is answered with its start page. */
  site: string
  /** The address of the functions runner, which gets every path under `/api/`. */
  functions: string
  /** Origins the site may talk to beyond its own, and hosts it may show in a frame: parts of its Content-Security-Policy. */
  connects: readonly string[]
  frames: readonly string[]
}

/** One origin for site and API, as App Platform's ingress makes it in the cloud. */
export async function startFrontDoor(options: FrontDoorOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const headers = siteHeaders(options)
  const files = siteFiles(options.site, (path) => ({
    ...headers,
    ...beside.find(({ at }) => path.startsWith(at))?.headers,
  }))
  const server = createServer((request, response) => {
    const address = apiAddress(request.url ?? '/', options.functions)
    if (address) pass(request, response, address)
    else files(request, response).catch(() => response.writeHead(500).end())
  })
  const port = await listen(server, options.port)
  return { url: `http://localhost:${port}`, stop: () => close(server) }
}

/** The apps that strangers try on the front page, and pages that only who has their link is to find. */
const beside = [
  { at: '/showcase/', headers: appHeaders },
  { at: '/share/', headers: linkHeaders },
]

/**
 * Where a request to the API goes on to, as it goes: a path may say `..` on its way. The functions' own REST interface lies
 * under the same prefix; it is for the platform's parts, not for the public.
 */
function apiAddress(url: string, functions: string): URL | null {
  const address = url.startsWith('/api/') ? URL.parse(url, functions) : null
  return address && /^\/api\/(?!v1\/+(?:namespaces|web)(?:\/|$))/.test(address.pathname) ? address : null
}

/** Hands a request on as it is, with the caller's address added to those it claims. */
function pass(request: IncomingMessage, response: ServerResponse, onto: URL): void {
  const claimed = request.headers['x-forwarded-for']
  const address = request.socket.remoteAddress ?? 'unknown'
  const headers = { ...request.headers, 'x-forwarded-for': claimed ? `${claimed.toString()}, ${address}` : address }
  const onward = forward(onto, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => {
    if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' })
    response.end('The functions are not answering.')
  })
  response.on('close', () => onward.destroy())
  request.pipe(onward)
}
