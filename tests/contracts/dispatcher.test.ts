import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import { openFunctions } from '../../lib/adapters/functions.ts'
import { Secret } from '../../lib/config.ts'
import { Fault } from '../../lib/ports/fault.ts'
import { close, listen } from '../../local/listen.ts'

const received: unknown[] = []
let status: number | 'never' = 202
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => (body += part))
  request.on('end', () => {
    received.push([request.method, request.url, request.headers.authorization, JSON.parse(body)])
    if (status !== 'never') response.writeHead(status).end('{"activationId":"x"}')
  })
})
const url = `http://127.0.0.1:${await listen(server, 0)}`
after(() => close(server))
const dispatcher = openFunctions({ url, key: new Secret('dof_v1_id:secret') })
const job = 'job_00000000000000000000'

test('a job is woken without waiting for it, by its id alone', async () => {
  await dispatcher.wake('open-sandbox', job)
  assert.deepEqual(received.at(-1), [
    'POST',
    '/api/v1/namespaces/_/actions/jobs/open-sandbox?blocking=false',
    `Basic ${Buffer.from('dof_v1_id:secret').toString('base64')}`,
    { jobId: job },
  ])
})

test('a platform that refuses or is away is a fault worth trying again', async () => {
  for (const refused of [429, 401, 500]) {
    status = refused
    await assert.rejects(dispatcher.wake('open-sandbox', job), (error) => error instanceof Fault && error.retryable)
  }
  const away = openFunctions({ url: 'http://127.0.0.1:9', key: new Secret('a:b') })
  await assert.rejects(away.wake('open-sandbox', job), Fault)
})

test('a platform that does not answer is given up after a second', async () => {
  status = 'never'
  const started = performance.now()
  await assert.rejects(dispatcher.wake('open-sandbox', job), Fault)
  assert.ok(performance.now() - started < 20_000)
})
