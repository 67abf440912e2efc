import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDatabase } from '../../lib/store/sql.ts'
import { openStage, success } from '../jobs/stage.ts'
import { callerOf } from '../world/caller.ts'
import { openProxy } from '../world/proxy.ts'

const stage = await openStage({ after })
const { world } = stage
const proxy = await openProxy(world.settings['DATABASE_URL'] ?? '')
const database = openDatabase(proxy.url)
after(async () => {
  await database.close()
  proxy.close()
})
const mains = world.serving({ database })

/** Round trips of one request on a warm connection. */
async function tripsOf(ask: () => Promise<{ status: number; body: unknown }>, status: number): Promise<number> {
  proxy.roundTrips()
  const answer = await ask()
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return proxy.roundTrips()
}

/** Everything that is asked about one run, with the round trips of each. */
async function walk(): Promise<Record<string, number>> {
  const ada = await stage.person()
  const caller = callerOf(mains, ada.token)
  const projectId = await stage.project(ada)
  const keyed = { headers: { 'idempotency-key': 'once' } }
  const trips: Record<string, number> = {}
  trips['generate'] = await tripsOf(() => caller.post(`/projects/${projectId}/generate`, { prompt: 'x' }, keyed), 202)
  const [{ id } = { id: '' }] = (await ada.get(`/projects/${projectId}/generations`)).body.items
  const path = `/projects/${projectId}/generations/${id}`
  const reports = `/runs/${projectId}/${id}`
  await stage.drain()
  const runner = callerOf(mains, (await world.asRun({ projectId, generationId: id, attempt: 1 })).token)
  const event = {
    seq: null,
    run: { id, n: 1 },
    type: 'preview:changed',
    at: new Date().toISOString(),
    data: { generationId: id },
  }
  const question = { model: 'scripted-1', max_tokens: 100, messages: [] }
  const call = { body: question, headers: { 'anthropic-version': '2026-10-21' } }
  trips['list'] = await tripsOf(() => caller.get(`/projects/${projectId}/generations`), 200)
  trips['get'] = await tripsOf(() => caller.get(path), 200)
  trips['sandbox'] = await tripsOf(() => caller.get(`/projects/${projectId}/sandbox`), 200)
  trips['live'] = await tripsOf(() => caller.post(`/projects/${projectId}/live`), 200)
  trips['events'] = await tripsOf(() => runner.post(`${reports}/events`, { attempt: 1, events: [event] }), 200)
  trips['call'] = await tripsOf(() => runner.post('/models/calls', call), 202)
  trips['end'] = await tripsOf(() => runner.post(`${reports}/end`, success), 200)
  trips['cancel'] = await tripsOf(() => caller.post(`${path}/cancel`), 200)
  trips['stop'] = await tripsOf(() => caller.delete(`/projects/${projectId}/sandbox`), 202)
  trips['start'] = await tripsOf(() => caller.post(`/projects/${projectId}/sandbox`), 202)
  await stage.drain()

  return trips
}

// The end of a run may wait for storage to go back to a green version, so its gate has a transaction of its own.
test('a read of runs takes four round trips to the database, a write six, an end seven', async () => {
  // The first walk prepares the statements, as the first requests of a container do.
  await walk()
  const trips = await walk()
  const reads = ['list', 'get', 'sandbox', 'live']
  const most = (name: string) => (reads.includes(name) ? 4 : name === 'end' ? 7 : 6)
  const over = Object.entries(trips).filter(([name, count]) => count > most(name))
  assert.deepEqual(over, [], JSON.stringify(trips))
})
