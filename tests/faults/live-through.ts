import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Generation } from '../../lib/contract/generation.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { isFree } from '../../lib/domain/quota.ts'
import type { SignedIn } from '../world.ts'
import { faults, type End, type Fate, type Fault } from './fate.ts'
import { seeded, type Random } from './random.ts'
import { until } from '../world/until.ts'
import type { Town } from './town.ts'

/** So long nothing has moved at all, though time passed for whatever waited. */
const patienceMs = 90_000
const lookEveryMs = 400
/** A runner that has not been heard by now may be alive, and is not waited for. */
const longSilenceMs = 20_000

/** Sends one run through one to three faults that its seed chooses, and looks at what has become of it. */
export async function liveThrough(town: Town, seed: number): Promise<End> {
  const random = seeded(seed)
  const met = chosen(random)
  const owner = await town.world.signIn(`seed-${seed}@example.com`)
  const { body: project } = await owner.post('/projects', { name: `Seed ${seed}`, template: 'static' })
  const projectId = (project as { id: ProjectId }).id
  const name = `order ${seed}`
  const fate = together(met.map((fault) => fault.fate(random)))
  town.orders.set(name, projectId)
  town.fates.set(projectId, fate)
  const asked = await town.api(owner).post(`/projects/${projectId}/generate`, { prompt: `a page about tea, ${name}` })
  assert.equal(asked.status, 202, JSON.stringify(asked.body))
  const { id } = asked.body as Generation
  const story: Story = { projectId, id, owner, path: `/projects/${projectId}/generations/${id}` }
  void meet(town, story, fate.later)
  try {
    await settle(town, story)
    const end = await judge(town, story, met)
    // What is left running there would use up what the machine has of watchers and ports.
    town.provider.vanish(`p-${projectId}`)
    return end
  } catch (error) {
    const said = town.provider.said(`p-${projectId}`).slice(-3)
    const names = met.map(({ name }) => name).join(' + ')
    throw new Error(`${names}: ${error instanceof Error ? error.message : String(error)} ${said.join(' | ')}`)
  }
}

interface Story {
  projectId: ProjectId
  id: Generation['id']
  owner: SignedIn
  path: string
}

function chosen(random: Random): Fault[] {
  const count = random.pick([1, 1, 2, 3])
  return [...new Set(Array.from({ length: count }, () => random.pick(faults)))]
}

/** Of two faults at the same moment, the first one named happens. */
function together(fates: readonly Fate[]): Fate {
  return {
    reply: (replies) => first(fates, (fate) => fate.reply?.(replies)),
    api: (passing) => first(fates, (fate) => fate.api?.(passing)),
    storage: (passing) => first(fates, (fate) => fate.storage?.(passing)),
    job: (kind) => first(fates, (fate) => fate.job?.(kind)),
    provider: (doing) => fates.some((fate) => fate.provider?.(doing) ?? false),
    ...fates.reduce<Fate>((all, { later }) => (later ? { later } : all), {}),
  }
}

function first<T>(fates: readonly Fate[], ask: (fate: Fate) => T | undefined): T | undefined {
  for (const fate of fates) {
    const answer = ask(fate)
    if (answer !== undefined) return answer
  }
  return undefined
}

async function meet(town: Town, story: Story, later: Fate['later']) {
  if (!later) return
  await pause(later.ms)
  const { projectId, owner, path } = story
  const box = `p-${projectId}`
  const deeds = {
    vanish: () => town.provider.vanish(box),
    kill: () => town.provider.kill(box),
    stop: () => town.provider.stop(box),
    cancel: () => town.api(owner).post(`${path}/cancel`),
    forge: () => forge(town, story),
  }
  await deeds[later.does]()
}

/** Reports of others than its runner change nothing: of another run, of an attempt to come, of nobody. */
async function forge({ world }: Town, { projectId, id }: Story) {
  const other = await world.asRun({ projectId, generationId: 'gen_00000000000000000000', attempt: 1 })
  const ahead = await world.asRun({ projectId, generationId: id, attempt: 9 })
  const report = { outcome: 'succeeded', failure: null, answer: 'Forged.', versionId: null }
  for (const [caller, attempt] of [
    [other, 1],
    [ahead, 9],
    [world.anonymous, 1],
    [world.withToken('run_forged'), 1],
  ] as const) {
    const { status } = await caller.post(`/runs/${projectId}/${id}/end`, { ...report, attempt })
    assert.ok([401, 403, 404, 409].includes(status), `a forged end was answered ${status}`)
  }
}

async function settle(town: Town, { projectId, id }: Story): Promise<void> {
  const still = { is: '', looks: 0, since: Date.now() }
  while (Date.now() < still.since + patienceMs) {
    await pause(lookEveryMs)
    const now = await standing(town, { projectId, id })
    if (now['ended'] && now['jobs'] === 0 && now['held'] === 0) return
    // What has moved since the last look is not stuck: time passes for the rest.
    const is = JSON.stringify(now)
    if (is === still.is) still.looks += 1
    else Object.assign(still, { is, looks: 0, since: Date.now() })
    if (still.looks > 0) await town.letTimePass(projectId, still.looks * lookEveryMs > longSilenceMs)
  }
  assert.fail(`It hangs: ${JSON.stringify(await standing(town, { projectId, id }))}`)
}

async function standing({ world: { sql } }: Town, { projectId, id }: Pick<Story, 'projectId' | 'id'>) {
  const [row] = await sql`
    select g.state, g.attempt, g.spent_micros, g.state not in ('queued', 'running') as ended,
      (select count(*)::int from everjust.jobs j where j.project_id = g.project_id and j.state in ('queued', 'taken')) as jobs,
      (select count(*)::int from everjust.model_calls c where c.project_id = g.project_id and c.state = 'held') as held,
      (select count(*)::int from everjust.events e where e.project_id = g.project_id) as events
    from everjust.generations g where g.id = ${id} and g.project_id = ${projectId}`
  return row ?? {}
}

/** A run has three attempts: several faults that each cost one may use them up. */
const tooMuch: End = 'sandbox_lost'

async function judge(town: Town, story: Story, met: readonly Fault[]): Promise<End> {
  const { owner, path, projectId, id } = story
  town.fates.delete(projectId)
  const { body } = await owner.get(path)
  const generation = body as Generation
  const end: End = generation.failure?.code ?? (generation.state as End)
  const expected = [...new Set(met.flatMap(({ ends }) => ends)), ...(met.length > 2 ? [tooMuch] : [])]
  const why = generation.diagnosis ? ` (${generation.diagnosis.check}: ${generation.diagnosis.message})` : ''
  assert.ok(expected.includes(end), `it ended ${end}${why}, and only ${expected.join(' or ')} is right`)

  const { sql } = town.world
  const ends = await sql`
    select type from everjust.events where project_id = ${projectId} and data ->> 'generationId' = ${id}
      and type in ('project:generation:complete', 'project:generation:failed', 'project:generation:cancelled')`
  assert.equal(ends.length, 1, `${ends.length} ends are in the log`)
  const [account] = await sql`
    select l.state, l.settled::int, g.spent_micros::int, g.held_micros::int from everjust.ledger l
    join everjust.generations g on g.id = l.generation_id where g.id = ${id} and l.metric = 'micros'`
  assert.equal(account?.['held_micros'], 0)
  const owed = isFree(generation.failure?.code ?? null) ? 0 : account?.['spent_micros'] - generation.returnedMicros
  assert.equal(account?.['settled'], owed, 'what was settled is not what was used')
  assert.notEqual(account?.['state'], 'reserved')
  await goesOn(town, story)
  return end
}

/** Whatever happened, the project can be worked on. */
async function goesOn(town: Town, { owner, projectId }: Story) {
  const { body: project } = await owner.get(`/projects/${projectId}`)
  assert.equal(project.activeGenerationId, null)
  await until(
    () => (town.provider.alive(`p-${projectId}`) ? 'a runner works on without a run' : ''),
    (left) => left === '',
    60_000,
  )
  const { body: versions } = await owner.get(`/projects/${projectId}/versions`)
  const current = versions.items[0]?.id
  assert.equal(project.currentVersionId, current ?? null)
  if (current)
    assert.equal((await owner.get(`/projects/${projectId}/versions/${current}/files/index.html`)).status, 302)
}
