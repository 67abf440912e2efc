import assert from 'node:assert/strict'
import type { Identity, LinkTicket } from '../../lib/contract/identity.ts'
import type { User } from '../../lib/contract/user.ts'
import type { Answer, Caller, World } from '../world.ts'

let tokens = 0

export interface Coming {
  secondsAgo?: number
  session?: string
  email?: string
  /** What else the issuer says. */
  claims?: Record<string, unknown>
}

/** Somebody who comes by an account of the issuer, in a session of its own that was proved so many seconds ago. */
export async function comes(
  { issuer, withToken }: World,
  subject: string,
  { secondsAgo = 0, session = subject, email = `${subject}@example.com`, claims = {} }: Coming = {},
): Promise<Caller> {
  return withToken(
    await issuer.token({
      sub: subject.includes('|') ? subject : `auth0|${subject}`,
      jti: String((tokens += 1)),
      'https://everjust.dev/email': email,
      'https://everjust.dev/auth_time': Math.floor(Date.now() / 1_000) - secondsAgo,
      'https://everjust.dev/sid': session,
      ...claims,
    }),
  )
}

export const whoIs = async (caller: Caller): Promise<User> => {
  const { status, body } = await caller.get('/user')
  assert.equal(status, 200, JSON.stringify(body))
  return body as User
}

export const statusOf = async (caller: Caller) => (await caller.get('/user')).status

export async function listed(caller: Caller): Promise<Identity[]> {
  const { status, body } = await caller.get('/sign-in/identities')
  assert.equal(status, 200, JSON.stringify(body))
  return (body as { items: Identity[] }).items
}

export async function ticketOf(caller: Caller): Promise<string> {
  const { status, body } = await caller.post('/sign-in/link-tickets', {})
  assert.equal(status, 201, JSON.stringify(body))
  return (body as LinkTicket).ticket
}

/** As `second` hands in what `first` was given. */
export const handIn = (second: Caller, ticket: string, first: Caller): Promise<Answer> =>
  second.post('/sign-in/identities', { ticket, token: first.token })

export async function linkThem(first: Caller, second: Caller): Promise<void> {
  const { status, body } = await handIn(second, await ticketOf(first), first)
  assert.equal(status, 204, JSON.stringify(body))
}

export function refused({ status, body }: Answer, code: string, words?: RegExp): void {
  const { code: told, detail = '' } = body as { code: string; detail?: string }
  assert.deepEqual([told, status], [code, { conflict: 409, fresh_sign_in_required: 403 }[code] ?? status])
  if (words) assert.match(detail, words)
}
