import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Event } from '../../lib/contract/event.ts'
import { newId, type ProjectId } from '../../lib/contract/ids.ts'
import { eventStore } from '../../lib/store/events.ts'
import { openWorld } from '../world.ts'

const world = await openWorld({ after })
const ada = await world.signIn('ada@example.com')
const { database } = world.context

async function project(): Promise<ProjectId> {
  return (await ada.post('/projects', { name: 'Project' })).body.id as ProjectId
}

const log = (project: ProjectId, lines: number, text = 'x') =>
  database.asWorker((t) =>
    eventStore(t).append(
      project,
      ...Array.from({ length: lines }, (_, at) => ({
        type: 'sandbox:logs' as const,
        data: { source: 'runner' as const, line: `${at} ${text}` },
      })),
    ),
  )

const seqs = (events: Event[]) => events.map(({ seq }) => seq)

test('events come in order, and the cursor goes on after the last', async () => {
  const id = await project()
  assert.deepEqual((await ada.get(`/projects/${id}/events`)).body, { events: [], next: '0' })
  await log(id, 3)
  const first = await ada.get(`/projects/${id}/events`)
  assert.deepEqual(seqs(first.body.events), [1, 2, 3])
  assert.equal(first.body.next, '3')
  await log(id, 2)
  assert.deepEqual(seqs((await ada.get(`/projects/${id}/events?after=3`)).body.events), [4, 5])
})

test('a page has 500 events at most and less than 1 MB, and nothing between pages is lost', async () => {
  const id = await project()
  await log(id, 1_200, 'x'.repeat(1_900))
  const seen: (number | null)[] = []
  for (let after = '0'; seen.length < 1_200;) {
    const { body } = await ada.get(`/projects/${id}/events?after=${after}`)
    assert.ok(body.events.length > 0 && body.events.length <= 500)
    assert.ok(JSON.stringify(body).length < 1_000_000)
    seen.push(...seqs(body.events))
    after = body.next as string
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 1_200 }, (_, at) => at + 1),
  )
})

test('a waiting reader is answered when something happens, and with nothing when its time is up', async () => {
  const id = await project()
  const started = performance.now()
  const waiting = (await world.instance()).withToken(ada.token).get(`/projects/${id}/events?wait=20`)
  await ada.get('/user')
  await log(id, 1)
  assert.deepEqual(seqs((await waiting).body.events), [1])
  assert.ok(performance.now() - started < 15_000)
  const empty = await ada.get(`/projects/${id}/events?after=1&wait=0.3`)
  assert.deepEqual(empty.body, { events: [], next: '1' })
})

test('events of a run that were seen live are passed over, and the cursor does not look at them again', async () => {
  const id = await project()
  const run = newId('generation')
  const report = (n: number): Event => ({
    seq: null,
    run: { id: run, n },
    type: 'sandbox:logs',
    at: new Date().toISOString(),
    data: { source: 'runner', line: String(n) },
  })
  await database.asWorker((t) => eventStore(t).appendRun(id, [1, 2, 3, 4].map(report)))
  const page = await ada.get(`/projects/${id}/events?after=0.${run}.3`)
  assert.deepEqual(
    page.body.events.map((event: Event) => event.run?.n),
    [4],
  )
  assert.equal(page.body.next, `4.${run}.4`)
  const seenAll = await ada.get(`/projects/${id}/events?after=0.${run}.9`)
  assert.deepEqual(seenAll.body, { events: [], next: `4.${run}.9` })
})

test('two hundred writers at once take each number once, and a reader who follows misses none', async () => {
  const id = await project()
  const instances = await Promise.all(Array.from({ length: 4 }, () => world.instance()))
  const writing = Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      instances[at % 4]?.context.database.asWorker((t) =>
        eventStore(t).append(id, { type: 'sandbox:logs', data: { source: 'runner', line: String(at) } }),
      ),
    ),
  )
  const seen: (number | null)[] = []
  for (let after = '0'; seen.length < 200;) {
    const { body } = await ada.get(`/projects/${id}/events?after=${after}&wait=2`)
    seen.push(...seqs(body.events))
    after = body.next as string
  }
  await writing
  assert.deepEqual(
    seen,
    Array.from({ length: 200 }, (_, at) => at + 1),
  )
})

test('nothing is left behind', () => world.settled())
