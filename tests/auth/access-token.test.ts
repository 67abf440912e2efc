import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { exportJWK, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { openRunTokens } from '../../lib/auth/run-token.ts'
import { Secret } from '../../lib/config.ts'
import { close, listen } from '../../local/listen.ts'
import { openWorld } from '../world.ts'
import { audience, clientId } from '../world/issuer.ts'

const world = await openWorld({ after })
const { issuer } = world
const seconds = () => Math.floor(Date.now() / 1_000)
const right = (): JWTPayload => ({
  iss: `${issuer.domain}/`,
  aud: [audience],
  azp: clientId,
  sub: 'auth0|ada',
  exp: seconds() + 600,
})
const stranger = await generateKeyPair('RS256', { extractable: true })
const strangersJwk = { ...(await exportJWK(stranger.publicKey)), kid: 'test', alg: 'RS256' }

const signed = (header: Record<string, unknown>) =>
  new SignJWT(right()).setProtectedHeader({ alg: 'RS256', kid: 'test', ...header }).sign(stranger.privateKey)

async function confused(): Promise<string> {
  const pem = await exportSPKI((await importJWK(issuer.publicJwk, 'RS256', { extractable: true })) as CryptoKey)
  return new SignJWT(right()).setProtectedHeader({ alg: 'HS256', kid: 'test' }).sign(new TextEncoder().encode(pem))
}

async function tampered(): Promise<string> {
  const [header, , signature] = (await issuer.token({ sub: 'auth0|ada' })).split('.')
  const payload = Buffer.from(JSON.stringify({ ...right(), sub: 'auth0|grace' })).toString('base64url')
  return [header, payload, signature].join('.')
}

const run = { projectId: 'prj_00000000000000000000', generationId: null, attempt: 1 } as const
const foreignRuns = openRunTokens(new Secret('another secret of at least thirty-two bytes'))
const strangersServer = createServer((_, response) => response.end(JSON.stringify({ keys: [strangersJwk] })))
const jku = `http://127.0.0.1:${await listen(strangersServer, 0)}/jwks.json`
after(() => close(strangersServer))

const otherwise = async (alg: string) =>
  new SignJWT(right()).setProtectedHeader({ alg, kid: 'test' }).sign(await importJWK(issuer.privateJwk, alg))

const refused: Record<string, () => string | Promise<string>> = {
  'no token at all': () => '',
  'a word': () => 'sesame-open-sesame-open',
  'three empty parts': () => 'a.b.c.............',
  'a token that expired': () => issuer.token({ sub: 'auth0|ada', exp: seconds() - 60 }),
  'a token that never expires': () => issuer.token({ sub: 'auth0|ada', exp: undefined as never }),
  'a token that is not yet valid': () => issuer.token({ sub: 'auth0|ada', nbf: seconds() + 600 }),
  'a token without a subject': () => issuer.token({}),
  'a token of another issuer': () => issuer.token({ sub: 'auth0|ada', iss: 'https://elsewhere.example/' }),
  'a token of the issuer without its slash': () => issuer.token({ sub: 'auth0|ada', iss: issuer.domain }),
  'a token for another audience': () => issuer.token({ sub: 'auth0|ada', aud: 'https://other.example' }),
  'an ID token, whose audience is the client': () => issuer.token({ sub: 'auth0|ada', aud: clientId }),
  'a token made for another client': () => issuer.token({ sub: 'auth0|ada', azp: 'other' }),
  'a token made for no client': () => issuer.token({ sub: 'auth0|ada', azp: undefined }),
  'a token with algorithm none': () => new UnsecuredJWT(right()).encode(),
  'the public key used as an HMAC secret': confused,
  'the right key with RS512': () => otherwise('RS512'),
  'the right key with PS256': () => otherwise('PS256'),
  'a signature by another key of the same name': () => signed({}),
  'a signature by a key in the header': () => signed({ jwk: strangersJwk }),
  'a signature by a key the header points to': () => signed({ jku }),
  'a payload changed after signing': tampered,
  'a run token of another secret': () => foreignRuns.mint(run, 600),
  'a run token that expired': () => world.context.runTokens.mint(run, -10),
  'a ticket for the live gateway': () =>
    world.context.liveTickets.mint(
      { projectId: run.projectId, userId: 'usr_00000000000000000000', role: 'owner', may: [] },
      60,
    ),
  'an API key nobody made': () => 'ejk_0123456789abcdef0123456789abcdef',
}

for (const [what, token] of Object.entries(refused)) {
  test(`refuses ${what}`, async () => {
    const { status, body, headers } = await world.withToken(await token()).get('/projects')
    assert.equal(status, 401)
    const { requestId: _, ...rest } = body
    assert.deepEqual(rest, {
      type: 'https://everjust.dev/problems/unauthenticated',
      code: 'unauthenticated',
      status: 401,
      title: 'Sign in first.',
      detail: 'Sign in first.',
    })
    assert.equal(headers['www-authenticate'], 'Bearer')
  })
}

test('accepts a right token, and knows the person by issuer and subject, not by e-mail', async () => {
  const email = 'https://everjust.dev/email'
  const one = world.withToken(await issuer.token({ sub: 'auth0|one', [email]: 'same@example.com' }))
  const two = world.withToken(await issuer.token({ sub: 'auth0|two', [email]: 'same@example.com' }))
  const [first, second] = [await one.get('/user'), await two.get('/user')]
  assert.deepEqual([first.status, second.status], [200, 200])
  assert.notEqual(first.body.id, second.body.id)
})

test('reads the keys of the issuer once, however many tokens name keys it does not have', async () => {
  const before = issuer.reads()
  for (let n = 0; n < 10; n += 1) await world.withToken(await signed({ kid: `none-${n}` })).get('/projects')
  assert.ok(issuer.reads() - before <= 1)
})

test('twenty first calls of one person at once make one person', async () => {
  const token = await issuer.token({ sub: 'auth0|many' })
  const instances = await Promise.all(Array.from({ length: 5 }, () => world.instance()))
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => instances[at % 5]?.withToken(token).get('/user')),
  )
  assert.deepEqual(new Set(answers.map((answer) => answer?.status)), new Set([200]))
  assert.equal(new Set(answers.map((answer) => answer?.body.id)).size, 1)
  const rows = await world.sql`select id from everjust.users where subject = 'auth0|many'`
  assert.equal(rows.length, 1)
})

test('a blocked person reads and writes nothing from the next request on', async () => {
  const eve = await world.signIn('eve@example.com')
  assert.equal((await eve.get('/projects')).status, 200)
  await world.sql`update everjust.users set blocked_at = now() where id = ${eve.id}`
  assert.equal((await eve.get('/projects')).status, 401)
  assert.equal((await eve.post('/projects', { name: 'x' })).status, 401)
})

test('nothing is left behind', () => world.settled())
