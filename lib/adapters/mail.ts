import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { MailBag, mailPath, type Letter, type LetterReply } from '../contract/mail.ts'
import { Fault } from '../ports/fault.ts'
import type { Mail } from '../ports/mail.ts'

const answerWithin = 30_000
/** Beyond what the gateway may wait for letters. */
const roundWithin = 40_000
/** Eight of the largest letters that the API takes. */
const mostCharacters = 64 * 1024 * 1024
/** Chunks of a reply that is being written are not there yet; asked for by mail, they are waited for here. */
const patience = { ms: 15_000, everyMs: 100 }

/** Letters may go to what lies below `destinations`, and nowhere else: a sandbox wrote them, and is not trusted. */
export function openMail(destinations: readonly string[]): Mail {
  const roots = destinations.map((text) => new URL(text.endsWith('/') ? text : `${text}/`))
  return {
    async exchange({ url, ticket }, round) {
      const { status, text } = await post(new URL(mailPath, url), ticket, JSON.stringify(round))
      if (status !== 200) throw new Fault('daytona', 'fetching its mail', { retryable: status >= 500 })
      return MailBag.parse(JSON.parse(text)).letters
    },
    send: (letter) => (roots.some((root) => isBelow(root, letter.url)) ? send(letter) : refused(letter.id)),
  }
}

/** By what an address leads to, not by how it begins: `https://here.example` is also how `https://here.example@there` does. */
function isBelow({ origin, pathname }: URL, text: string): boolean {
  const url = URL.parse(text)
  return url?.origin === origin && url.pathname.startsWith(pathname) && !url.username && !url.password
}

async function send({ id, method, url, headers, body }: Letter): Promise<LetterReply> {
  const isChunk = method === 'GET' && /\/calls\/[^/]+\/\d+\.json\?/.test(url)
  const until = Date.now() + patience.ms
  for (;;) {
    const reply = await fetch(url, {
      method,
      headers: passedOn(headers),
      ...(body === null ? {} : { body: new Uint8Array(Buffer.from(body, 'base64')) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(answerWithin),
    })
      .then(asReply(id))
      // Nobody answered, or the answer broke off.
      .catch(() => ({ id, status: 0, headers: {}, body: '' }))
    if (!isChunk || reply.status !== 404 || Date.now() > until) return reply
    await new Promise((resolve) => setTimeout(resolve, patience.everyMs))
  }
}

const asReply =
  (id: string) =>
  async (response: Response): Promise<LetterReply> => ({
    id,
    status: response.status,
    headers: passedOn(Object.fromEntries(response.headers)),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  })

const refused = async (id: string): Promise<LetterReply> => ({ id, status: 403, headers: {}, body: '' })

/** These belong to one connection, and the body that is passed on is not coded any more. */
const ofOneConnection = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'keep-alive',
])
const passedOn = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofOneConnection.has(name.toLowerCase())))

/** Names below `localhost` are this machine (RFC 6761, 6.3), which not every resolver knows. */
function post(url: URL, ticket: string, body: string): Promise<{ status: number; text: string }> {
  const options: RequestOptions = {
    method: 'POST',
    path: url.pathname,
    host: url.hostname.endsWith('.localhost') ? '127.0.0.1' : url.hostname,
    port: url.port,
    headers: {
      host: url.host,
      authorization: `Bearer ${ticket}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-daytona-skip-preview-warning': 'true',
    },
    timeout: roundWithin,
  }
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(new Fault('daytona', 'fetching its mail', { retryable: true, cause }))
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const outgoing = send(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        if (text.length > mostCharacters) answer.destroy(new Error('It is more than any mail.'))
      })
      answer.on('error', fail)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('timeout')))
    outgoing.on('error', fail)
    outgoing.end(body)
  })
}
