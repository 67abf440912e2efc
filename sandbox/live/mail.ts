import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { carrierRole, Letter, MailRound } from '../../lib/contract/mail.ts'
import type { Letters } from '../letters.ts'
import { parsed } from '../parsed.ts'
import { roleOf } from './ticket.ts'
import type { Doors } from './wire.ts'

const mostBytes = 64 * 1024 * 1024
const lookEvery = 20
/** One answer holds so many letters, so that a large one does not hold up many. */
const mostAtOnce = 8

/** Hands the letters of this sandbox to the control plane, which shows a ticket for it, and takes its replies. */
export async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  { doors, letters }: { doors: Doors | undefined; letters: Letters },
): Promise<void> {
  const ticket = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (!doors || (await roleOf(ticket, doors)) !== carrierRole) return end(response, 401)
  const text = await textOf(request)
  const round = text === undefined ? undefined : MailRound.safeParse(parsed(text))
  if (!round?.success) return end(response, text === undefined ? 413 : 400)
  for (const reply of round.data.replies) letters.put('in', reply.id, reply)
  end(response, 200, { letters: await waiting(letters, round.data.waitSeconds) })
}

async function waiting(letters: Letters, seconds: number): Promise<Letter[]> {
  for (const until = Date.now() + seconds * 1_000; ; await pause(lookEvery)) {
    const found = letters.ids('out').slice(0, mostAtOnce)
    if (found.length > 0 || Date.now() >= until) {
      return found.flatMap((id) => Letter.safeParse(letters.take('out', id)).data ?? [])
    }
  }
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > mostBytes) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function end(response: ServerResponse, status: number, body?: object) {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body ? JSON.stringify(body) : '{}')
}
