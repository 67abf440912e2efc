import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import * as jose from 'jose'
import { startIssuer, type Issuer } from '../../local/issuer/index.ts'

const AUDIENCE = 'https://api.everjust.dev'
const CALLBACK = 'http://localhost:4999/callback'
const options = { audience: AUDIENCE, clientId: 'everjust-web', webOrigins: ['http://localhost:4999'] }

type Reply = Record<string, string>

/** A browser of few words: keeps cookies, follows redirects until the application's callback. */
const openBrowser = (issuer: Issuer) => {
  const jar = new Map<string, string>()
  const visit = async (address: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...(init.headers as Record<string, string>), cookie }
    const reply = await fetch(new URL(address, issuer.domain), { redirect: 'manual', ...init, headers })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    return reply
  }
  const post = (address: string, fields: Reply) => visit(address, { method: 'POST', body: new URLSearchParams(fields) })
  const follow = async (first: string, fields: Reply): Promise<URLSearchParams> => {
    let next = first
    for (let hop = 0; hop < 10 && !next.startsWith(CALLBACK); hop++) {
      const reply = next.includes('/u/login') ? await post(next, fields) : await visit(next)
      next = reply.headers.get('location') ?? ''
      assert.notEqual(next, '', `no way on from ${reply.url}: ${reply.status}`)
    }
    return new URL(next).searchParams
  }
  return { visit, post, follow }
}

const VERIFIER = randomBytes(32).toString('base64url')

const authorize = (changes: Reply = {}) =>
  `/authorize?${new URLSearchParams({
    client_id: 'everjust-web',
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile email offline_access',
    audience: AUDIENCE,
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  })}`

const trade = async (issuer: Issuer, fields: Reply): Promise<{ status: number; reply: Reply }> => {
  const body = new URLSearchParams({ client_id: 'everjust-web', redirect_uri: CALLBACK, ...fields })
  const response = await fetch(`${issuer.domain}/oauth/token`, { method: 'POST', body })
  return { status: response.status, reply: (await response.json()) as Reply }
}

const ADA = { email: 'ada@example.com', password: 'local' }

const signIn = async (issuer: Issuer, fields: Reply = ADA) => {
  const code = (await openBrowser(issuer).follow(authorize(), fields)).get('code') ?? ''
  return { code, ...(await trade(issuer, { grant_type: 'authorization_code', code, code_verifier: VERIFIER })) }
}

const verify = (issuer: Issuer, token: string) =>
  jose.jwtVerify(token, jose.createRemoteJWKSet(new URL(issuer.jwksUrl)), {
    issuer: issuer.issuer,
    audience: AUDIENCE,
    algorithms: ['RS256'],
  })

const temporary = () => mkdtemp(join(tmpdir(), 'everjust-issuer-'))

describe('the local issuer', () => {
  let dataDir: string
  let issuer: Issuer

  before(async () => {
    dataDir = await temporary()
    issuer = await startIssuer({ ...options, dataDir, port: 0 })
  })
  after(async () => {
    await issuer.stop()
    await rm(dataDir, { recursive: true })
  })

  test('signs a seeded person in and gives an access token of the documented shape', async () => {
    const { status, reply } = await signIn(issuer)
    assert.equal(status, 200)
    assert.deepEqual(Object.keys(reply).sort(), [
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'scope',
      'token_type',
    ])
    const { payload, protectedHeader } = await verify(issuer, reply.access_token ?? '')
    const { iat = 0, exp = 0, 'https://everjust.dev/auth_time': signedInAt, ...rest } = payload
    const { 'https://everjust.dev/sid': session, ...claims } = rest
    assert.match(String(session), /^[\w-]{20,}$/)
    assert.ok(iat - Number(signedInAt) < 30, 'it says when the person signed in')
    assert.equal(exp - iat, 3600)
    assert.equal(protectedHeader.typ, 'JWT')
    assert.equal(protectedHeader.alg, 'RS256')
    assert.deepEqual(claims, {
      iss: `${issuer.domain}/`,
      sub: claims.sub,
      aud: [AUDIENCE, `${issuer.domain}/userinfo`],
      azp: 'everjust-web',
      scope: 'openid profile email offline_access',
      permissions: [],
      'https://everjust.dev/email': 'ada@example.com',
      'https://everjust.dev/email_verified': true,
      'https://everjust.dev/name': 'Ada Lovelace',
      'https://everjust.dev/amr': ['pwd'],
    })
    assert.match(String(claims.sub), /^auth0\|[0-9a-f]{24}$/)
    const identity = jose.decodeJwt(reply.id_token ?? '')
    assert.equal(identity.email, 'ada@example.com')
    assert.equal(identity.nonce, 'nonce-1')
    assert.equal(identity.aud, 'everjust-web')
  })

  test('mints the same kind of token without a browser, and makes the person on first use', async () => {
    const signedIn = jose.decodeJwt((await signIn(issuer)).reply.access_token ?? '')
    const minted = (await verify(issuer, await issuer.issueToken('ada@example.com'))).payload
    // Nobody is in a session of a browser.
    const { 'https://everjust.dev/sid': _, ...outside } = signedIn
    assert.deepEqual(Object.keys(minted).sort(), Object.keys(outside).sort())
    assert.equal(minted.sub, signedIn.sub)

    const stranger = (await verify(issuer, await issuer.issueToken('New.Person@Example.com'))).payload
    assert.equal(stranger['https://everjust.dev/email'], 'new.person@example.com')
    assert.equal(stranger['https://everjust.dev/name'], 'New Person')
    await assert.rejects(issuer.issueToken('not an address'))
  })

  test('answers userinfo by the scopes of the token', async () => {
    const ask = (token: string) => fetch(`${issuer.domain}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
    const reply = await ask(await issuer.issueToken('grace@example.com'))
    const person = (await reply.json()) as Reply
    assert.equal(person.email, 'grace@example.com')
    assert.equal(person.name, 'Grace Hopper')
    assert.equal((await ask('forged')).status, 401)
  })

  test('makes a new person of an unknown e-mail with the local password, and keeps strangers apart', async () => {
    const first = jose.decodeJwt(
      (await signIn(issuer, { email: 'one@example.org', password: 'local' })).reply.access_token ?? '',
    )
    const second = jose.decodeJwt(
      (await signIn(issuer, { email: 'two@example.org', password: 'local' })).reply.access_token ?? '',
    )
    assert.notEqual(first.sub, second.sub)
    assert.equal(issuer.people().find((person) => person.id === first.sub)?.tier, 'free')
  })

  test('refuses a wrong password politely and keeps the e-mail that was typed', async () => {
    const browser = openBrowser(issuer)
    const page = (await browser.visit(authorize())).headers.get('location') ?? ''
    const reply = await browser.post(page, { email: 'ada@example.com', password: '"><script>x</script>' })
    const html = await reply.text()
    assert.equal(reply.status, 400)
    assert.match(html, /role="alert">That e-mail and password do not match/)
    assert.match(html, /value="ada@example.com"/)
    assert.doesNotMatch(html, /<script/)
    assert.equal(reply.headers.get('content-security-policy')?.includes("default-src 'none'"), true)
  })

  test('escapes what an address puts into the page', async () => {
    const browser = openBrowser(issuer)
    const page = (await browser.visit(authorize({ login_hint: '"><img src=x>' }))).headers.get('location') ?? ''
    assert.doesNotMatch(await (await browser.visit(page)).text(), /<img/)
  })

  test('refuses a login form of another browser', async () => {
    const page = (await openBrowser(issuer).visit(authorize())).headers.get('location') ?? ''
    const reply = await openBrowser(issuer).post(page, ADA)
    assert.equal(reply.status, 400)
    assert.match(await reply.text(), /This sign-in has expired/)
  })

  test('refuses a code with a wrong verifier and a code used twice', async () => {
    const code = (await openBrowser(issuer).follow(authorize(), ADA)).get('code') ?? ''
    const wrong = await trade(issuer, { grant_type: 'authorization_code', code, code_verifier: 'x'.repeat(43) })
    assert.deepEqual([wrong.status, wrong.reply.error], [400, 'invalid_grant'])

    const used = await signIn(issuer)
    const again = await trade(issuer, { grant_type: 'authorization_code', code: used.code, code_verifier: VERIFIER })
    assert.deepEqual([again.status, again.reply.error], [400, 'invalid_grant'])
  })

  test('rotates refresh tokens, and a second use of one ends the family', async () => {
    const { reply } = await signIn(issuer)
    const renew = (refresh_token: string) => trade(issuer, { grant_type: 'refresh_token', refresh_token })
    const next = await renew(reply.refresh_token ?? '')
    assert.equal(next.status, 200)
    assert.notEqual(next.reply.refresh_token, reply.refresh_token)
    assert.deepEqual(jose.decodeJwt(next.reply.access_token ?? '').aud, [AUDIENCE, `${issuer.domain}/userinfo`])
    assert.equal((await renew(reply.refresh_token ?? '')).reply.error, 'invalid_grant')
    assert.equal((await renew(next.reply.refresh_token ?? '')).reply.error, 'invalid_grant')
    assert.equal((await renew('garbage')).reply.error, 'invalid_grant')
  })

  test('a revoked refresh token is of no more use', async () => {
    const { reply } = await signIn(issuer)
    const token = reply.refresh_token ?? ''
    const body = JSON.stringify({ client_id: 'everjust-web', token })
    const form = new URLSearchParams({ client_id: 'everjust-web', token })
    assert.equal((await fetch(`${issuer.domain}/oauth/revoke`, { method: 'POST', body: form })).status, 200)
    assert.equal(
      (await trade(issuer, { grant_type: 'refresh_token', refresh_token: token })).reply.error,
      'invalid_grant',
    )
    const json = { method: 'POST', body, headers: { 'content-type': 'application/json' } }
    assert.equal((await fetch(`${issuer.domain}/oauth/revoke`, json)).status, 200)
  })

  test('never redirects to an address that is not the application', async () => {
    const reply = await openBrowser(issuer).visit(authorize({ redirect_uri: 'http://evil.example/' }))
    assert.equal(reply.status, 400)
    assert.equal(((await reply.json()) as Reply).error, 'invalid_redirect_uri')
  })

  test('refuses authorization without PKCE, and for an unknown audience', async () => {
    const browser = openBrowser(issuer)
    const ask = async (changes: Reply) =>
      new URL((await browser.visit(authorize(changes))).headers.get('location') ?? '').searchParams.get('error')
    assert.equal(await ask({ code_challenge: '', code_challenge_method: '' }), 'invalid_request')
    assert.equal(await ask({ audience: 'https://other.example' }), 'invalid_target')
    assert.equal(await ask({ prompt: 'none' }), 'login_required')
  })

  test('remembers the browser until it signs out', async () => {
    const browser = openBrowser(issuer)
    await browser.follow(authorize(), ADA)
    const silent = await browser.follow(authorize({ prompt: 'none' }), {})
    assert.equal(typeof silent.get('code'), 'string')
    const back = 'http://localhost:4999/'
    const out = await browser.visit(`/v2/logout?${new URLSearchParams({ client_id: 'everjust-web', returnTo: back })}`)
    assert.equal(out.headers.get('location'), back)
    const after = await browser.visit(authorize({ prompt: 'none' }))
    assert.equal(new URL(after.headers.get('location') ?? '').searchParams.get('error'), 'login_required')
    const evil = await browser.visit(`/v2/logout?${new URLSearchParams({ returnTo: 'http://evil.example/' })}`)
    assert.equal(evil.status, 400)
  })

  test('lets only the origins of the application read its tokens', async () => {
    const ask = (origin: string) =>
      fetch(`${issuer.domain}/oauth/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ client_id: 'everjust-web' }),
      })
    assert.equal(
      (await ask('http://localhost:4999')).headers.get('access-control-allow-origin'),
      'http://localhost:4999',
    )
    assert.equal((await ask('http://evil.example')).headers.get('access-control-allow-origin'), null)
  })

  test('the management API reads, blocks and deletes people, with its own token only', async () => {
    const { audience, clientId, clientSecret } = issuer.management
    const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, audience }
    const ask = await fetch(`${issuer.domain}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(grant),
    })
    const { access_token: token } = (await ask.json()) as Reply
    const call = (path: string, init: RequestInit = {}, bearer = token) =>
      fetch(`${issuer.domain}/api/v2/${path}`, { ...init, headers: { authorization: `Bearer ${bearer}` } })
    const change = (body: unknown): RequestInit => ({ method: 'PATCH', body: JSON.stringify(body) })
    await issuer.addPerson({ email: 'gone@example.org', tier: 'pro' })
    const [found] = (await (await call('users?q=email:"gone@example.org"')).json()) as {
      user_id: string
      app_metadata: Reply
    }[]
    assert.equal(found?.app_metadata.tier, 'pro')
    const path = `users/${encodeURIComponent(found?.user_id ?? '')}`
    const session = await signIn(issuer, { email: 'gone@example.org', password: 'local' })

    assert.equal((await call(path, change({ blocked: true }))).status, 200)
    const blocked = await openBrowser(issuer).follow(authorize(), { email: 'gone@example.org', password: 'local' })
    assert.deepEqual([blocked.get('error'), blocked.get('error_description')], ['unauthorized', 'user is blocked'])
    const renewed = await trade(issuer, {
      grant_type: 'refresh_token',
      refresh_token: session.reply.refresh_token ?? '',
    })
    assert.equal(renewed.reply.error, 'invalid_grant')

    assert.equal((await call(path, change({ blocked: 'yes' }))).status, 400)
    assert.equal((await call(path, { method: 'DELETE' })).status, 204)
    assert.equal((await call(path, { method: 'DELETE' })).status, 204)
    assert.equal((await call(path)).status, 404)
    assert.equal((await call('users', {}, await issuer.issueToken('ada@example.com'))).status, 401)
    assert.equal((await call('clients')).status, 404)
  })
})

const program = `
  import { startIssuer } from ${JSON.stringify(new URL('../../local/issuer/index.ts', import.meta.url).href)}
  const issuer = await startIssuer({ ...${JSON.stringify(options)}, dataDir: process.argv[1], port: Number(process.argv[2]) })
  console.log(issuer.domain)`

test('sessions, refresh tokens and keys survive kill -9', async (t) => {
  const dataDir = await temporary()
  t.after(() => rm(dataDir, { recursive: true }))
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, dataDir, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const port = Number(new URL(line.toString().trim()).port)
  const elsewhere = { domain: `http://localhost:${port}` } as Issuer
  const browser = openBrowser(elsewhere)
  await browser.follow(authorize(), { email: 'kept@example.org', password: 'local' })
  const { reply } = await signIn(elsewhere)
  child.kill('SIGKILL')
  await once(child, 'exit')

  const issuer = await startIssuer({ ...options, dataDir, port })
  t.after(() => issuer.stop())
  await verify(issuer, reply.access_token ?? '')
  assert.equal(
    (await trade(issuer, { grant_type: 'refresh_token', refresh_token: reply.refresh_token ?? '' })).status,
    200,
  )
  assert.equal(typeof (await browser.follow(authorize({ prompt: 'none' }), {})).get('code'), 'string')
  assert.equal(
    issuer.people().some((person) => person.email === 'kept@example.org'),
    true,
  )
})
