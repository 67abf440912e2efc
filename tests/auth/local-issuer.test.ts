import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startIssuer } from '../../local/issuer/index.ts'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })
const dataDir = await mkdtemp(join(tmpdir(), 'everjust-issuer-'))
const issuer = await startIssuer({
  dataDir,
  port: 0,
  audience: 'https://api.everjust.test',
  clientId: 'site',
  webOrigins: ['http://localhost:4700'],
})
after(async () => {
  await issuer.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a token of the local issuer is accepted, and names its person', async () => {
  const instance = await world.instance({ AUTH0_DOMAIN: issuer.domain })
  const { status, body } = await instance.withToken(await issuer.issueToken('grace@example.com')).get('/user')
  assert.deepEqual([status, body.email], [200, 'grace@example.com'])
})

test('the same token is refused where another issuer is trusted', async () => {
  const token = await issuer.issueToken('grace@example.com')
  assert.equal((await world.withToken(token).get('/user')).status, 401)
})
