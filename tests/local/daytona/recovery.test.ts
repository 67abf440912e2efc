import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { DaytonaNotFoundError } from '@daytonaio/sdk'
import { until } from '../../world/until.ts'
import { clientOf, openWorld, read } from './world.ts'

/** Whether a program with this argument runs anywhere on the machine. */
function runs(argument: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument)
      } catch {
        return false
      }
    })
}

test('after a restart sandboxes are stopped, keep their files and their signed addresses, and start again', async (t) => {
  const first = await openWorld()
  const box = await first.client.create({ name: 'p-1', labels: { a: 'b' } })
  await box.fs.uploadFile(Buffer.from('kept'), 'note.txt')
  const { token } = await box.getSignedPreviewUrl(5173, 60)
  await box.process.executeCommand('sleep 31337001 > /dev/null 2>&1 &')
  const second = await first.restart()
  t.after(() => second.end())
  assert.equal(runs('31337001'), false)
  const again = await second.client.get('p-1')
  assert.deepEqual([again.id, again.state, again.labels['a']], [box.id, 'stopped', 'b'])
  await again.start()
  assert.equal((await again.fs.downloadFile('note.txt')).toString(), 'kept')
  assert.equal((await read(`http://5173-${token}.localhost:${second.server.port}/`)).status, 502)
})

test('a killed server leaves nothing running, and the next one takes over', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'daytona-test-'))
  const program = spawn(process.execPath, [join(import.meta.dirname, 'server-program.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => program.kill('SIGKILL'))
  const [line] = (await once(program.stdout, 'data')) as [Buffer]
  const box = await clientOf(JSON.parse(String(line)) as { apiUrl: string; apiKey: string }).create({ name: 'p-1' })
  await box.fs.uploadFile(Buffer.from('kept'), 'note.txt')
  await box.process.executeCommand('sleep 31337002 > /dev/null 2>&1 &')
  assert.equal(runs('31337002'), true)
  program.kill('SIGKILL')
  await once(program, 'exit')
  await until(
    () => runs('31337002'),
    (running) => !running,
  )
  const next = await openWorld({ dataDir })
  t.after(() => next.end())
  const again = await next.client.get('p-1')
  assert.equal(again.state, 'stopped')
  await again.start()
  assert.equal((await again.fs.downloadFile('note.txt')).toString(), 'kept')
})

test('stopping the server ends everything, and its control groups and sockets go too', async () => {
  const world = await openWorld()
  const box = await world.client.create({})
  await box.process.executeCommand('sleep 31337003 > /dev/null 2>&1 &')
  await world.server.stop()
  assert.equal(runs('31337003'), false)
  assert.equal(existsSync(`/sys/fs/cgroup/pids/everjust/${box.id}`), false)
  const next = await openWorld({ dataDir: world.dataDir })
  await next.end()
})

test('a sandbox whose programs die from outside is in error, says why, and can be recovered', async (t) => {
  const world = await openWorld()
  t.after(() => world.end())
  const box = await world.client.create({})
  await box.process.executeCommand('kill -9 2').catch(() => undefined)
  await until(
    async () => {
      await box.refreshData()
      return box.state
    },
    (state) => state === 'error',
  )
  assert.match(String(box.errorReason), /ended/)
  await box.recover()
  assert.equal((await box.process.executeCommand('echo back')).result, 'back\n')
})

test('more memory than it has ends a program, not the sandbox', async (t) => {
  const world = await openWorld({ snapshots: { small: { resources: { cpu: 1, memory: 0.25, disk: 1 } } } })
  t.after(() => world.end())
  const box = await world.client.create({})
  const { exitCode } = await box.process.executeCommand(
    'node -e "const kept = []; for (;;) kept.push(Buffer.alloc(10_000_000, 1))"',
  )
  assert.equal(exitCode, 137)
  assert.equal((await box.process.executeCommand('echo alive')).result, 'alive\n')
})

test('a fork bomb meets its limit, and the sandbox can still be stopped', async (t) => {
  const world = await openWorld({ limits: { pids: 64 } })
  t.after(() => world.end())
  const box = await world.client.create({ snapshot: 'generated' })
  const bomb = 'for i in $(seq 200); do sleep 31337004 & done 2>&1 | grep -c fork; true'
  await box.process.executeCommand(bomb, undefined, undefined, 1).catch(() => undefined)
  await box.stop()
  assert.equal(runs('31337004'), false)
})

test('a sandbox that outgrows its disk is stopped and says why', async (t) => {
  const tiny = { cpu: 1, memory: 1, disk: 0.005 }
  const world = await openWorld({ snapshots: { tiny: { resources: tiny } }, limits: { diskCheckMs: 100 } })
  t.after(() => world.end())
  const box = await world.client.create({})
  await box.process.executeCommand('head -c 20000000 /dev/zero > big').catch(() => undefined)
  await until(
    async () => {
      await box.refreshData()
      return box.state
    },
    (state) => state === 'stopped',
  )
  assert.match(String(box.errorReason), /outgrew its disk of 0.005 GiB/)
})

test('faults come when they are asked for: 429 with its headers, 502, delay, a sandbox that vanishes', async (t) => {
  const world = await openWorld()
  t.after(() => world.end())
  const box = await world.client.create({ name: 'unlucky' })
  world.server.faults.set({ tooMany: 1, badGateway: 1 })
  await assert.rejects(box.refreshData(), { statusCode: 429 })
  await assert.rejects(box.process.executeCommand('true'), { statusCode: 502 })
  world.server.faults.set({ latencyMs: 200 })
  const started = performance.now()
  await box.refreshData()
  assert.ok(performance.now() - started >= 200)
  world.server.faults.set({ latencyMs: 0 })
  await world.server.vanish('unlucky')
  await assert.rejects(world.client.get('unlucky'), DaytonaNotFoundError)
})
