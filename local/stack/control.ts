import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { close, listen } from '../listen.ts'

interface Asked {
  issueToken(email: string): Promise<string>
  /** Whose run it is; undefined when there is none. */
  /** The address of the database with the rights of its owner, where it is one of ours. */
  ownerUrl?: string | undefined
  readerOf(generationId: string): Promise<{ projectId: string; email: string } | undefined>
}

/** What the other commands of this checkout may ask of a running stack; only who can read its data folder knows the secret. */
export async function startControl(asked: Asked) {
  const secret = randomBytes(24).toString('hex')
  const server = createServer((request, response) => {
    if (!knows(request, secret)) return void response.writeHead(401).end()
    answer(asked, new URL(request.url ?? '/', 'http://control')).then(
      (text) => (text === undefined ? response.writeHead(404).end() : response.end(text)),
      (error: unknown) => response.writeHead(400).end(error instanceof Error ? error.message : 'refused'),
    )
  })
  const port = await listen(server, 0)
  return { url: `http://127.0.0.1:${port}`, secret, stop: () => close(server) }
}

async function answer(
  { issueToken, readerOf, ownerUrl }: Asked,
  { pathname, searchParams }: URL,
): Promise<string | undefined> {
  if (pathname === '/alive') return 'yes'
  if (pathname === '/database') return ownerUrl
  const email = pathname === '/token' ? searchParams.get('email') : null
  if (email) return issueToken(email)
  const generation = pathname === '/reader' ? searchParams.get('generation') : null
  const reader = generation ? await readerOf(generation) : undefined
  return reader && JSON.stringify({ projectId: reader.projectId, token: await issueToken(reader.email) })
}

function knows(request: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${secret}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
