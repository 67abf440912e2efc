import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { newId } from '../../lib/contract/new-id.ts'
import { findSource } from '../../scripts/replay/api.ts'

test('a run is found in whatever organization it is, in an archived project too, and beyond the first page', async (t) => {
  const [run, project] = [newId('generation'), newId('project')]
  const pages: Record<string, object> = {
    '/api/v1/user': { organizations: [{ id: 'org_own' }, { id: 'org_team' }] },
    '/api/v1/projects?organizationId=org_team&archived=true': { items: [{ id: newId('project') }], next: 'second' },
    '/api/v1/projects?organizationId=org_team&archived=true&after=second': { items: [{ id: project }], next: null },
    [`/api/v1/projects/${project}/generations/${run}`]: { id: run },
  }
  const empty = { items: [], next: null }
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    const found = pages[url] ?? (url.startsWith('/api/v1/projects?') ? empty : undefined)
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const before = { url: process.env['EVERJUST_URL'], token: process.env['EVERJUST_TOKEN'] }
  t.after(() => {
    server.close()
    server.closeAllConnections()
    for (const [name, value] of Object.entries({ EVERJUST_URL: before.url, EVERJUST_TOKEN: before.token })) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  })
  process.env['EVERJUST_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env['EVERJUST_TOKEN'] = 'token'
  assert.equal((await findSource(run)).projectId, project)
  await assert.rejects(findSource(newId('generation')), /No run that this token may read/)
})
