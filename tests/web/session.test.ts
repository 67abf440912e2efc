import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import './runes.ts'

const { Session } = await import('../../web/src/lib/session.svelte.ts')

/** Of each tab; a word of one reaches all others at once. */
class Channel {
  static open: Channel[] = []
  onmessage: ((event: { data: unknown }) => void) | null = null
  constructor() {
    Channel.open.push(this)
  }

  postMessage(data: unknown): void {
    for (const other of Channel.open) if (other !== this) other.onmessage?.({ data })
  }
}

const settings = { issuer: { domain: 'sign-in.test', clientId: 'site', audience: 'api' } }
const kept: Record<string, string> = {}
let reloads = 0
let tokens: (string | null)[] = []

Object.assign(globalThis, {
  BroadcastChannel: Channel,
  location: { origin: 'https://everjust.test', reload: () => (reloads += 1) },
  // Its keys are listed, as a browser's are.
  localStorage: Object.defineProperty(kept, 'getItem', { value: (key: string) => kept[key] ?? null }),
  fetch: async (path: string, { headers }: { headers: Record<string, string> }) => {
    if (path.endsWith('/settings')) return Response.json(settings)
    tokens.push(headers['authorization'] ?? null)
    return Response.json({})
  },
})

function signedInAs(name: string): void {
  const email = `${name}@example.com`
  kept['@@auth0spajs@@::site::api::openid'] = JSON.stringify({ body: { access_token: name }, expiresAt: 4e9 })
  kept['@@auth0spajs@@::site::@@user@@'] = JSON.stringify({ decodedToken: { user: { name, email } } })
}

beforeEach(() => {
  Channel.open = []
  reloads = 0
  tokens = []
})

test('a page begins anew when somebody else signs in in another tab', async () => {
  signedInAs('ada')
  const session = new Session()
  await session.start()
  assert.equal(session.person?.email, 'ada@example.com')
  signedInAs('bo')
  new Channel().postMessage('signed-in')
  assert.equal(reloads, 1)
  assert.equal(session.person.email, 'ada@example.com')
})

test('nothing of one person goes out with the token of another, even before the news is here', async () => {
  signedInAs('ada')
  const session = new Session()
  await session.start()
  await session.api.get('/mine')
  signedInAs('bo')
  await session.api.get('/mine')
  assert.deepEqual(tokens, ['Bearer ada'])
  assert.equal(reloads, 1)
})

test('the same person in another tab changes nothing here', async () => {
  signedInAs('ada')
  const session = new Session()
  await session.start()
  new Channel().postMessage('signed-in')
  await session.api.get('/mine')
  assert.deepEqual([reloads, tokens], [0, ['Bearer ada']])
})
