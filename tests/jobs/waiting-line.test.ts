import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { newId, type GenerationId, type ProjectId } from '../../lib/contract/ids.ts'
import { openDatabase } from '../../lib/store/sql.ts'
import { runStartStore } from '../../lib/store/run-starts.ts'
import { makeTeam, type SignedIn } from '../world.ts'
import { openStage, success } from './stage.ts'

const mostAtOnce = 2
const stage = await openStage({ after }, { mostAtOnce })
const { world } = stage

interface Asked {
  id: GenerationId
  projectId: ProjectId
  path: string
  by: SignedIn
}

/** Asks for a run without letting its job start. */
async function asks(by: SignedIn, organizationId?: string): Promise<Asked> {
  const { body: project } = await by.post('/projects', { name: 'Line', ...(organizationId ? { organizationId } : {}) })
  const { status, body } = await by.post(`/projects/${project.id}/generate`, { prompt: 'x' })
  assert.equal(status, 202, JSON.stringify(body))
  return { id: body.id, projectId: project.id, path: `/projects/${project.id}/generations/${body.id}`, by }
}

const read = async ({ by, path }: Asked) => (await by.get(path)).body
const statesOf = (asked: Asked[]) => Promise.all(asked.map(async (each) => (await read(each)).state))
const placesOf = (asked: Asked[]) => Promise.all(asked.map(async (each) => (await read(each)).place))

async function ends({ projectId, id }: Asked): Promise<void> {
  const runner = await world.asRun({ projectId, generationId: id, attempt: 1 })
  assert.equal((await runner.post(`/runs/${projectId}/${id}/end`, success)).status, 200)
  await stage.drain()
}

const toldOf = async ({ id }: Asked) => {
  const rows = await world.sql<{ place: number }[]>`
    select (data->>'place')::int as place from everjust.events
    where type = 'project:generation:waiting' and data->>'generationId' = ${id} order by seq`
  return rows.map(({ place }) => place)
}

async function cancelAll(asked: Asked[]): Promise<void> {
  for (const { by, path } of asked) await by.post(`${path}/cancel`)
  await stage.drain()
}

test('who comes when all places are taken waits, is told the place, and starts as soon as one is free', async () => {
  const people = [await stage.person(), await stage.person(), await stage.person(), await stage.person()]
  const asked: Asked[] = []
  for (const person of people) {
    asked.push(await asks(person))
    await stage.drain()
  }
  assert.deepEqual(await statesOf(asked), ['running', 'running', 'queued', 'queued'])
  assert.deepEqual(await placesOf(asked), [null, null, 0, 1])
  const [first, , third, fourth] = asked as [Asked, Asked, Asked, Asked]
  await ends(first)
  assert.deepEqual(await statesOf(asked), ['succeeded', 'running', 'running', 'queued'])
  assert.deepEqual(await placesOf(asked), [null, null, null, 0])
  assert.deepEqual([await toldOf(third), await toldOf(fourth)], [[0], [1, 0]])
  await cancelAll(asked)
  assert.deepEqual(await statesOf(asked), ['succeeded', 'cancelled', 'cancelled', 'cancelled'])
})

test('the organization with the fewest runs comes first, then the person with the fewest, then the oldest', async () => {
  const [ada, ben, cleo] = [await stage.person(), await stage.person(), await stage.person()]
  const team = await makeTeam(world, [
    { id: ada.id, role: 'editor' },
    { id: ben.id, role: 'editor' },
  ])
  const running = [await asks(ada, team), await asks(ada, team)]
  await stage.drain()
  const second = await asks(ada, team)
  const mate = await asks(ben, team)
  const other = await asks(cleo)
  await stage.drain()
  assert.deepEqual(await placesOf([other, mate, second]), [0, 1, 2])
  await ends(running[0] as Asked)
  assert.deepEqual(await statesOf([other, mate, second]), ['running', 'queued', 'queued'])
  await ends(other)
  assert.deepEqual(await statesOf([mate, second]), ['running', 'queued'])
  await cancelAll([second, mate, ...running])
})

test('one who leaves the line lets the others move up', async () => {
  const asked: Asked[] = []
  for (let n = 0; n < 4; n++) asked.push(await asks(await stage.person()))
  await stage.drain()
  const waiting = (await statesOf(asked)).flatMap((state, at) => (state === 'queued' ? [asked[at] as Asked] : []))
  assert.equal(waiting.length, 2)
  await cancelAll(waiting.slice(0, 1))
  await stage.minute()
  assert.deepEqual(await placesOf(waiting.slice(1)), [0])
  await cancelAll(asked)
})

test('a place that became free without a word is filled by the schedule', async () => {
  const asked = [await asks(await stage.person()), await asks(await stage.person()), await asks(await stage.person())]
  await stage.drain()
  const [waits] = (await statesOf(asked)).flatMap((state, at) => (state === 'queued' ? [asked[at] as Asked] : []))
  const [ended] = asked.filter((each) => each !== waits) as [Asked]
  await world.sql`update everjust.generations set state = 'cancelled', ended_at = now() where id = ${ended.id}`
  await stage.minute()
  await stage.drain()
  assert.equal((await read(waits as Asked)).state, 'running')
  await world.sql`update everjust.generations set state = 'running', ended_at = null where id = ${ended.id}`
  await cancelAll(asked)
})

test('deleting a project whose run is under way gives its place to the next', async () => {
  const asked = [await asks(await stage.person()), await asks(await stage.person()), await asks(await stage.person())]
  await stage.drain()
  const states = await statesOf(asked)
  const [waits] = asked.filter((_, at) => states[at] === 'queued') as [Asked]
  const [runs] = asked.filter((_, at) => states[at] === 'running') as [Asked]
  assert.equal((await runs.by.delete(`/projects/${runs.projectId}`)).status, 204)
  await stage.drain()
  assert.equal((await read(waits)).state, 'running')
  await cancelAll(asked)
})

test('who waits its turn is not given up, however long after ten minutes', async () => {
  const asked = [await asks(await stage.person()), await asks(await stage.person()), await asks(await stage.person())]
  await stage.drain()
  const [waits] = (await statesOf(asked)).flatMap((state, at) => (state === 'queued' ? [asked[at] as Asked] : []))
  await world.sql`update everjust.generations set created_at = created_at - interval '3 hours' where id = ${waits?.id ?? ''}`
  await stage.minute()
  await stage.drain()
  assert.equal((await read(waits as Asked)).state, 'queued')
  const [ended] = asked.filter((each) => each !== waits) as [Asked]
  await ends(ended)
  assert.equal((await read(waits as Asked)).state, 'running')
  await cancelAll(asked)
})

test('of 50 who claim at once never more run than there are places', async () => {
  const grace = await stage.person()
  const ids = Array.from({ length: 50 }, () => ({ id: newId('generation'), project: newId('project') }))
  await world.sql`
    with given as (select * from jsonb_to_recordset(${world.sql.json(ids)}) as given (id text, project text)),
    made as (
      insert into everjust.projects (id, organization_id, created_by, name, template, visibility)
      select project, ${grace.organizationId}, ${grace.id}, 'x', 'react', 'private' from given)
    insert into everjust.generations (id, project_id, organization_id, requested_by, state, prompt, model, cap_micros)
    select id, project, ${grace.organizationId}, ${grace.id}, 'queued', 'x', 'scripted-1', 1 from given`
  const terms = { leaseSeconds: 60, deadlineSeconds: 60, mostAttempts: 3, mostAtOnce: 8 }
  const waiting = [...ids]
  const callers = Array.from({ length: 12 }, async () => {
    const database = openDatabase(world.settings['DATABASE_URL'] ?? '')
    let claimed = 0
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { id } = next
      if (await database.asWorker((transaction) => runStartStore(transaction).claim(id, terms))) claimed += 1
    }
    await database.close()
    return claimed
  })
  const claimed = (await Promise.all(callers)).reduce((sum, each) => sum + each, 0)
  const [running] = await world.sql`select count(*)::int as n from everjust.generations where state = 'running'`
  assert.ok(claimed >= 1 && claimed <= 8, `${claimed} were claimed`)
  assert.equal(running?.['n'], claimed)
  await world.sql`delete from everjust.projects where created_by = ${grace.id}`
})

test('nothing is left behind', () => world.settled())
