import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDevServer } from '../../sandbox/runner/app/dev-server.ts'
import type { ToolHost } from '../../sandbox/runner/host/tool-host.ts'

const nobody = { ask: () => Promise.reject(new Error('there is no host')) } as unknown as ToolHost

test('what is remembered of a server may be half written', async (t) => {
  const folder = await mkdtemp('/var/tmp/everjust-dev-')
  t.after(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'dev-server.json'), '{"pid":')
  await assert.rejects(openDevServer(folder, { host: nobody, origins: [] }).start(), /there is no host/)
})
