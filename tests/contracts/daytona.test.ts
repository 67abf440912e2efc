import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Daytona } from '@daytonaio/sdk'
import { openDaytona } from '../../lib/adapters/daytona.ts'
import { Secret } from '../../lib/config.ts'
import { Fault } from '../../lib/ports/fault.ts'
import type { SandboxProvider } from '../../lib/ports/sandbox-provider.ts'
import { startDaytona, type LocalDaytona } from '../../local/daytona/start.ts'
import { sandboxProviderContract } from './sandbox-provider.ts'

describe('the adapter of Daytona, against the local server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'daytona-contract-'))
  let server: LocalDaytona
  let provider: SandboxProvider
  before(async () => {
    server = await startDaytona({ apiKey: 'dtn_test', snapshots: { everjust: {} }, dataDir, log: () => undefined })
    provider = openDaytona({ apiUrl: server.apiUrl, apiKey: new Secret('dtn_test'), target: 'local' })
  })
  sandboxProviderContract(() => provider, 'everjust')

  test('a sandbox that vanished is made anew by its name', async () => {
    const plan = {
      name: 'p-vanishing',
      snapshot: 'everjust',
      labels: {},
      allowedHosts: ['example.com'],
      idleMinutes: 30,
      resources: null,
    }
    const { id } = await provider.ensure(plan)
    await server.vanish(id)
    await assert.rejects(provider.writeFile(id, '/tmp/x', 'x'), (error) => error instanceof Fault && error.retryable)
    const anew = await provider.ensure(plan)
    assert.equal(anew.fresh, true)
    await provider.remove('p-vanishing')
  })

  test('an address that was ended opens nothing any more', async () => {
    const plan = { snapshot: 'everjust', labels: {}, allowedHosts: [], idleMinutes: 30, resources: null }
    const { id } = await provider.ensure({ ...plan, name: 'p-ended' })
    const [url, other] = [await provider.signPreview(id, 5173, 60), await provider.signPreview(id, 5173, 60)]
    assert.notEqual(await statusAt(url), 401)
    await provider.endPreview(id, url)
    assert.equal(await statusAt(url), 401)
    assert.notEqual(await statusAt(other), 401)
    await provider.remove('p-ended')
  })

  test('size, idle time and network are those of the plan, for a sandbox that is made and for one that was stopped', async () => {
    const client = new Daytona({
      apiUrl: server.apiUrl,
      apiKey: 'dtn_test',
      target: 'local',
      useDeprecatedPolling: true,
    })
    const name = 'p-chosen'
    const chosen = (resources: { cpu: number; memoryGiB: number }, idleMinutes: number, allowedHosts: string[]) => ({
      ...{ name, snapshot: 'everjust', labels: {} },
      ...{ allowedHosts, idleMinutes, resources },
    })
    const seen = async () => {
      const { state, cpu, memory, autoStopInterval, domainAllowList } = await client.get(name)
      return { state, cpu, memory, autoStopInterval, domainAllowList }
    }
    const made = await provider.ensure(chosen({ cpu: 2, memoryGiB: 4 }, 20, ['one.example']))
    assert.deepEqual([made.fresh, made.resources.cpu, made.resources.memoryGiB], [true, 2, 4])
    const first = { state: 'started', cpu: 2, memory: 4, autoStopInterval: 20, domainAllowList: 'one.example' }
    assert.deepEqual(await seen(), first)

    const other = chosen({ cpu: 1, memoryGiB: 2 }, 45, ['one.example', 'two.example'])
    const running = await provider.ensure(other)
    assert.deepEqual([running.asPlanned, running.resources.cpu, running.resources.memoryGiB], [false, 2, 4])
    assert.deepEqual(await seen(), first)

    await provider.stop(name)
    const { resources, ...again } = await provider.ensure(other)
    assert.deepEqual(again, { id: made.id, fresh: false, asPlanned: true })
    assert.deepEqual([resources.cpu, resources.memoryGiB], [1, 2])
    const hosts = 'one.example,two.example'
    assert.deepEqual(await seen(), {
      state: 'started',
      cpu: 1,
      memory: 2,
      autoStopInterval: 45,
      domainAllowList: hosts,
    })
    await provider.remove(name)
  })

  test('bursts of 429 and 502 are waited out', async () => {
    server.faults.set({ tooMany: 1, badGateway: 2 })
    assert.equal(await provider.find('p-nobody'), undefined)
    server.faults.set({ badGateway: 20 })
    await assert.rejects(provider.find('p-nobody'), (error) => error instanceof Fault && error.retryable)
    server.faults.set({ badGateway: 0 })
  })

  test('a wrong key is a fault that is not worth a retry', async () => {
    const stranger = openDaytona({ apiUrl: server.apiUrl, apiKey: new Secret('dtn_wrong'), target: 'local' })
    await assert.rejects(stranger.find('p-any'), (error) => error instanceof Fault && !error.retryable)
  })

  after(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
})

/** Names below `localhost` are known to browsers alone. */
async function statusAt(url: string): Promise<number | undefined> {
  const { port, host } = new URL(url)
  const asked = request({ host: '127.0.0.1', port, headers: { host } }).end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}
