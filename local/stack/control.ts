import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { close, listen } from '../listen.ts'

/** What the other commands of this checkout may ask of a running stack; only who can read its data folder knows the secret. */
export async function startControl(issueToken: (email: string) => Promise<string>) {
  const secret = randomBytes(24).toString('hex')
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://control')
    if (!knows(request, secret)) return void response.writeHead(401).end()
    if (url.pathname === '/alive') return void response.end('yes')
    const email = url.pathname === '/token' ? url.searchParams.get('email') : null
    if (!email) return void response.writeHead(404).end()
    issueToken(email).then(
      (token) => response.end(token),
      (error: unknown) => response.writeHead(400).end(error instanceof Error ? error.message : 'refused'),
    )
  })
  const port = await listen(server, 0)
  return { url: `http://127.0.0.1:${port}`, secret, stop: () => close(server) }
}

function knows(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${secret}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
