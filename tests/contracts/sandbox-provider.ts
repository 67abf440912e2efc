import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import type { SandboxProvider } from '../../lib/ports/sandbox-provider.ts'
import { until } from '../world/until.ts'

/** What every provider of sandboxes must do; run against each adapter and against the fake that stands in for them. */
export function sandboxProviderContract(provider: () => SandboxProvider, snapshot: string): void {
  const run = randomBytes(4).toString('hex')
  const names = new Set<string>()
  const planOf = (name: string) => {
    names.add(`p-${run}-${name}`)
    const labels = { app: 'contract', run }
    return {
      name: `p-${run}-${name}`,
      snapshot,
      labels,
      allowedHosts: ['example.com'],
      idleMinutes: 30,
      resources: null,
    }
  }
  after(async () => {
    for (const name of names) await provider().remove(name)
  })

  test('a name makes one sandbox, whoever asks and how often', async () => {
    const first = await provider().ensure(planOf('once'))
    const [again, twice] = await Promise.all([provider().ensure(planOf('once')), provider().ensure(planOf('once'))])
    assert.equal(first.fresh, true)
    assert.deepEqual(
      [again, twice],
      [
        { ...first, fresh: false },
        { ...first, fresh: false },
      ],
    )
    for (const amount of Object.values(first.resources)) assert.ok(amount > 0)
  })

  test('two first requests at once get the same sandbox', async () => {
    const made = await Promise.all([provider().ensure(planOf('race')), provider().ensure(planOf('race'))])
    assert.equal(made[0]?.id, made[1]?.id)
  })

  test('a stopped sandbox is found stopped, and ensured it is started with its name', async () => {
    const { id } = await provider().ensure(planOf('stopped'))
    await provider().stop(`p-${run}-stopped`)
    assert.deepEqual(await provider().find(`p-${run}-stopped`), { id, state: 'stopped' })
    assert.equal((await provider().ensure(planOf('stopped'))).id, id)
    assert.deepEqual(await provider().find(`p-${run}-stopped`), { id, state: 'started' })
  })

  test('one that runs keeps its hosts and says so, and takes new ones when it is started again', async () => {
    const plan = planOf('replanned')
    const hosts = { ...plan, allowedHosts: ['example.org', 'example.net'] }
    assert.equal((await provider().ensure(plan)).asPlanned, true)
    assert.equal((await provider().ensure(hosts)).asPlanned, false)
    assert.equal((await provider().ensure(plan)).asPlanned, true)
    await provider().stop(plan.name)
    assert.equal((await provider().ensure(hosts)).asPlanned, true)
    assert.equal((await provider().ensure(hosts)).asPlanned, true)
  })

  test('what is not there can be stopped, removed and looked for', async () => {
    await provider().stop('p-nobody')
    await provider().remove('p-nobody')
    assert.equal(await provider().find('p-nobody'), undefined)
    assert.equal(await provider().commandState('nobody', 'session', 'command'), 'gone')
    await provider().endSession('nobody', 'session')
  })

  test('sandboxes are listed by label', async () => {
    const { id } = await provider().ensure(planOf('listed'))
    const listed = await provider().list({ app: 'contract', run })
    assert.ok(listed.some((each) => each.id === id && each.name === `p-${run}-listed` && each.state === 'started'))
    await provider().stop(`p-${run}-listed`)
    const [stopped] = (await provider().list({ app: 'contract', run })).filter((each) => each.id === id)
    assert.equal(stopped?.state, 'stopped')
    assert.deepEqual(await provider().list({ app: 'contract', run: 'another' }), [])
  })

  test('a command sees the file that was written, and ends with its exit code', async () => {
    const { id } = await provider().ensure(planOf('commands'))
    await provider().writeFile(id, '/var/lib/everjust/job-1.json', '{"a":"ü"}')
    assert.deepEqual(await provider().run(id, 'cat /var/lib/everjust/job-1.json', 20), {
      exitCode: 0,
      output: '{"a":"ü"}',
    })
    assert.equal((await provider().run(id, 'exit 3', 20)).exitCode, 3)
  })

  test('a started command outlives the call and is gone with its session', async () => {
    const { id } = await provider().ensure(planOf('sessions'))
    const { commandId } = await provider().start(id, 'long', 'sleep 600')
    assert.equal(await provider().commandState(id, 'long', commandId), 'running')
    const short = await provider().start(id, 'short', 'exit 4')
    const ended = () => provider().commandState(id, 'short', short.commandId)
    assert.deepEqual(await until(ended, (state) => state !== 'running'), { exitCode: 4 })
    await provider().endSession(id, 'long')
    assert.equal(await provider().commandState(id, 'long', commandId), 'gone')
    await provider().endSession(id, 'long')
  })

  test('a session is started anew under its old name', async () => {
    const { id } = await provider().ensure(planOf('again'))
    await provider().start(id, 'run', 'sleep 600')
    const { commandId } = await provider().start(id, 'run', 'sleep 601')
    assert.equal(await provider().commandState(id, 'run', commandId), 'running')
  })

  test('a removed sandbox is gone, and its name makes a fresh one', async () => {
    const { id } = await provider().ensure(planOf('removed'))
    await provider().remove(`p-${run}-removed`)
    assert.equal(await provider().find(`p-${run}-removed`), undefined)
    const anew = await provider().ensure(planOf('removed'))
    assert.equal(anew.fresh, true)
    assert.notEqual(anew.id, id)
  })

  test('an address names the port and differs between sandboxes', async () => {
    const { id } = await provider().ensure(planOf('address'))
    const url = new URL(await provider().signPreview(id, 5173, 60))
    assert.match(url.host, /^5173-/)
    assert.match(url.protocol, /^https?:$/)
  })

  test('ending an address twice, or that of a sandbox that is gone, is not an error', async () => {
    const { id } = await provider().ensure(planOf('ended'))
    const url = await provider().signPreview(id, 5173, 60)
    await provider().endPreview(id, url)
    await provider().endPreview(id, url)
    await provider().remove(planOf('ended').name)
    await provider().endPreview(id, url)
  })
}
