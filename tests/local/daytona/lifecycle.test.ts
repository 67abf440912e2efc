import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Daytona, DaytonaConflictError, DaytonaNotFoundError } from '@daytonaio/sdk'
import type { Box } from '../../../local/daytona/boxes/box.ts'
import { dueStep } from '../../../local/daytona/boxes/timers.ts'
import { until } from '../../world/until.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld({ minuteMs: 400 })
})
after(() => world.end())

test('a sandbox is created with its name, variables and labels, and is found by id and by name', async () => {
  const box = await world.client.create({
    name: 'p-1',
    envVars: { GREETING: 'hello' },
    labels: { project: 'prj_1' },
    autoStopInterval: 0,
  })
  assert.equal(box.state, 'started')
  assert.equal((await world.client.get('p-1')).id, box.id)
  assert.equal((await world.client.get(box.id)).name, 'p-1')
  assert.equal((await box.process.executeCommand('echo $GREETING')).result, 'hello\n')
  assert.equal(box.labels['project'], 'prj_1')
})

test('a name that is taken is refused with 409', async () => {
  await world.client.create({ name: 'taken', autoStopInterval: 0 })
  await assert.rejects(world.client.create({ name: 'taken' }), DaytonaConflictError)
})

test('a sandbox that is not there is a 404', async () => {
  await assert.rejects(world.client.get('nobody'), DaytonaNotFoundError)
})

test('a wrong key is refused with 401', async () => {
  const stranger = new Daytona({ apiKey: 'other', apiUrl: world.server.apiUrl, useDeprecatedPolling: true })
  await assert.rejects(stranger.get('p-1'), { statusCode: 401 })
})

test('files outlive a stop, programs do not', async () => {
  const box = await world.client.create({ name: 'stops', autoStopInterval: 0 })
  await box.process.executeCommand('echo kept > note.txt; sleep 1000 > /dev/null 2>&1 &')
  await box.stop()
  assert.equal(box.state, 'stopped')
  await assert.rejects(box.process.executeCommand('true'), { statusCode: 400, message: /not started/ })
  await box.start()
  assert.equal((await box.process.executeCommand('cat note.txt; pgrep -c sleep')).result, 'kept\n0\n')
})

test('a stopped sandbox is archived and starts again', async () => {
  const box = await world.client.create({ name: 'archives', autoStopInterval: 0 })
  await assert.rejects(box.archive(), { statusCode: 400 })
  await box.stop()
  await box.archive()
  assert.equal(box.state, 'archived')
  await box.start()
  assert.equal(box.state, 'started')
})

test('a deleted sandbox is gone', async () => {
  const box = await world.client.create({ name: 'goes' })
  await box.delete(10, true)
  assert.equal(box.state, 'destroyed')
  await assert.rejects(world.client.get(box.id), DaytonaNotFoundError)
})

test('lists go page by page and choose by labels', async () => {
  for (const number of [1, 2, 3]) await world.client.create({ labels: { set: 'pages', number: String(number) } })
  const numbers: (string | undefined)[] = []
  for await (const box of world.client.list({ labels: { set: 'pages' }, limit: 2 })) numbers.push(box.labels['number'])
  assert.deepEqual(numbers, ['1', '2', '3'])
  for await (const box of world.client.list({ labels: { set: 'pages' } })) await box.delete()
})

test('labels, intervals and limits can be changed', async () => {
  const box = await world.client.create({ name: 'changes', autoStopInterval: 0 })
  assert.deepEqual(await box.setLabels({ stage: '2' }), { stage: '2' })
  await box.setAutostopInterval(7)
  await box.setAutoArchiveInterval(8)
  await box.setAutoDeleteInterval(9)
  await box.resize({ memory: 2 })
  const seen = await world.client.get('changes')
  assert.deepEqual(
    [seen.labels, seen.autoStopInterval, seen.autoArchiveInterval, seen.autoDeleteInterval, seen.memory],
    [{ stage: '2' }, 7, 8, 9, 2],
  )
})

test('an unused sandbox stops, is archived and deleted in its time', async () => {
  const box = await world.client.create({ autoStopInterval: 1, autoArchiveInterval: 1, autoDeleteInterval: 4 })
  const states: string[] = []
  await until(
    async () => {
      const state = await world.client.get(box.id).then(
        (seen) => String(seen.state),
        () => 'gone',
      )
      if (states.at(-1) !== state) states.push(state)
      return state
    },
    (state) => state === 'gone',
  )
  // In this order; a state may pass between two looks.
  const order = ['started', 'stopped', 'archived', 'gone']
  assert.deepEqual(
    states.filter((state) => !state.endsWith('ing')),
    order.filter((state) => states.includes(state)),
  )
})

test('a sandbox in use does not stop, and one that runs unused does', async () => {
  const used = await world.client.create({ autoStopInterval: 6 })
  const unused = await world.client.create({ autoStopInterval: 6 })
  await unused.process.executeCommand('sleep 1000 > /dev/null 2>&1 &')
  await until(
    async () => {
      await used.refreshActivity()
      await unused.refreshData()
      return unused.state
    },
    (state) => state === 'stopped',
  )
  await used.refreshData()
  assert.equal(used.state, 'started')
  await used.delete()
  await unused.delete()
})

test('an ephemeral sandbox is deleted when it stops', async () => {
  const box = await world.client.create({ ephemeral: true })
  await box.stop()
  await assert.rejects(world.client.get(box.id), DaytonaNotFoundError)
})

test('clients that listen for events hear of every change, and end cleanly', async () => {
  await using client = new Daytona({ apiKey: 'dtn_test', apiUrl: world.server.apiUrl })
  const box = await client.create({ name: 'heard' })
  await box.stop()
  assert.equal(box.state, 'stopped')
  await box.delete(10, true)
})

test('twenty that are made at once are twenty', async () => {
  const made = Array.from({ length: 20 }, () => world.client.create({ labels: { set: 'many' }, autoStopInterval: 0 }))
  const boxes = await Promise.all(made)
  assert.deepEqual(
    [new Set(boxes.map(({ id }) => id)).size, boxes.every(({ state }) => state === 'started')],
    [20, true],
  )
})

test('what cannot be made is refused with 400', async () => {
  await assert.rejects(world.client.create({ snapshot: 'unknown' }), { statusCode: 400, message: /unknown/ })
  await assert.rejects(world.client.create({ image: 'debian' }), { statusCode: 400, message: /images/ })
})

const NOW = Date.parse('2030-01-01T12:00:00Z')
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString()
const due: [string, Partial<Box>, ReturnType<typeof dueStep>][] = [
  ['an idle sandbox is stopped', { state: 'started', autoStopInterval: 15, lastActivityAt: ago(15) }, 'stop'],
  ['a used one is not', { state: 'started', autoStopInterval: 15, lastActivityAt: ago(14) }, undefined],
  ['zero means never to stop', { state: 'started', autoStopInterval: 0, lastActivityAt: ago(9999) }, undefined],
  ['a long stopped one is archived', { state: 'stopped', updatedAt: ago(60), autoArchiveInterval: 60 }, 'archive'],
  ['an archived one stays archived', { state: 'archived', updatedAt: ago(60), autoArchiveInterval: 60 }, undefined],
  [
    'deletion goes before archiving',
    { state: 'stopped', updatedAt: ago(60), autoArchiveInterval: 60, autoDeleteInterval: 60 },
    'destroy',
  ],
  ['minus one means never to delete', { state: 'archived', updatedAt: ago(99_999), autoDeleteInterval: -1 }, undefined],
  [
    'a life that is over ends a running one',
    { state: 'started', autoStopInterval: 0, autoDestroyAt: ago(0) },
    'destroy',
  ],
  ['a life that is not over does not', { state: 'started', autoStopInterval: 0, autoDestroyAt: ago(-1) }, undefined],
]

for (const [name, box, step] of due) {
  test(name, () => {
    const never = {
      autoStopInterval: 0,
      autoArchiveInterval: 0,
      autoDeleteInterval: -1,
      lastActivityAt: ago(0),
      updatedAt: ago(0),
    }
    assert.equal(dueStep({ ...never, ...box } as Box, NOW, 60_000), step)
  })
}
