import { join } from 'node:path'
import postgres from 'postgres'
import type { Generation } from '../../lib/contract/generation.ts'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import { startModel } from '../../local/model/start.ts'
import { installTemplates } from '../../scripts/install-templates.ts'
import { differences } from '../jobs/books.ts'
import { openStack, type Caller, type OpenStack } from '../stack/open-stack.ts'
import { buildBare } from './parts/bare-loop.ts'
import { heapMegabytes } from './parts/heap.ts'
import { interleaved } from './parts/rounds.ts'
import { onStage } from './parts/stages.ts'
import { median } from './parts/statistics.ts'
import { until } from './parts/until.ts'
import { beside, within, type Row } from './row.ts'

const atOnce = Number(process.env['EVERJUST_BENCH_GENERATIONS'] ?? 50)
const askers = 10
const rounds = 3
const latency = 300
const apiKey = 'bench'
const prompt = 'a habit tracker with streaks'

/**
 * All asked for at once on one machine: every one ends, none twice, the books are exact, and nothing stays in memory. And
 * what the engine adds to a step: from one request to the model to the next, against the SDK's own loop and tools.
 */
export function measure(): Promise<Row[]> {
  return onStage(async (stage) => {
    const asked: number[] = []
    // Each reply takes as long as that of the quickest real ones: what is stored behind the work may use that time.
    const model = await startModel({ port: 0, apiKey, latency, fault: () => void asked.push(performance.now()) })
    stage.after(() => model.stop())
    const settings = { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url, MODEL: 'scripted-1' }
    const stack = await openStack(stage, { settings })
    // What a lost wake-up leaves is found by the schedule, here sooner than every minute.
    // A tick that the namespace's limits refuse is lost, as it is on the platform.
    const minute = setInterval(() => void stack.functions.fireSchedule('cron-minute').catch(() => undefined), 10_000)
    stage.after(async () => clearInterval(minute))
    const sql = postgres(stack.standIns.postgres?.ownerUrl ?? '', { max: 2, onnotice: () => {} })
    stage.after(() => sql.end({ timeout: 1 }))
    const crowded = await crowd(stack, sql)
    // What functions and storage between runner and model cost is the gateway's figure; here replies stream.
    const streamed = await openStack(stage, { settings: { ...settings, MODEL_GATEWAY: 'service' } })
    return [...(await steps(streamed, { asked, model })), ...crowded]
  })
}

async function steps(stack: OpenStack, { asked, model }: { asked: number[]; model: { url: string } }): Promise<Row[]> {
  const templates = await installTemplates({ dataDir: join(import.meta.dirname, '../../build'), say: () => {} })
  const template = templates.find(({ name }) => name === 'react')
  if (!template) throw new Error('there is no template react')
  const ada = await stack.as('ada@example.com')
  const timed = (build: () => Promise<unknown>) => async () => {
    asked.length = 0
    await build()
    return asked.slice(1).map((at, n) => at - (asked[n] ?? at))
  }
  const found = await interleaved(rounds, {
    bare: timed(() => buildBare({ prompt, template, model: { url: model.url, apiKey } })),
    whole: timed(async () => {
      const { project, generation } = await ada.build(prompt)
      await ada.ended(project.id, generation.id)
      await ada.delete(paths.project(project.id))
      await ada.delete(paths.deletedProject(project.id))
    }),
  })
  const middle = (steps: number[][]) => median(steps.flat())
  const [bare, whole] = [middle(found.bare), middle(found.whole)]
  return [
    beside({ figure: 'from step to step, bare SDK loop, p50', measured: bare, unit: 'ms' }),
    beside({ figure: 'from step to step, engine, p50', measured: whole, unit: 'ms' }),
    within({ figure: 'the engine adds to a step, p50', measured: whole - bare, unit: 'ms' }, { atMost: 60 }),
  ]
}

async function crowd(stack: OpenStack, sql: postgres.Sql): Promise<Row[]> {
  const people = await Promise.all(Array.from({ length: askers }, (_, n) => stack.as(`bench-${n}@example.com`)))
  const wishes: Wish[] = []
  for (let n = 0; n <= atOnce; n++) {
    const person = people[n % askers] as Caller
    const { body } = await person.post<Project>(paths.projects(), { name: `Number ${n}`, template: 'static' })
    wishes.push({ person, project: body.id, prompt: `${prompt}, number ${n}` })
  }
  const [first, ...rest] = wishes as [Wish, ...Wish[]]
  await build(sql, first)
  const [before, started] = [heapMegabytes(), performance.now()]
  const generations = await Promise.all(rest.map((wish) => build(sql, wish)))
  const seconds = (performance.now() - started) / 1_000
  const grown = heapMegabytes() - before
  const wrong = generations.filter(
    ({ state, attempt, completions, versions }) =>
      state !== 'succeeded' || attempt !== 1 || completions !== 1 || versions !== 1,
  )
  if (wrong.length > 0) console.error(JSON.stringify(wrong.slice(0, 3)))
  const unequal = await differences({ sql })
  const at = `${atOnce} generations at once`
  return [
    beside({ figure: `${at}: until the last has ended`, measured: seconds, unit: 's' }),
    within({ figure: `${at}: not ended well, or not once`, measured: wrong.length, unit: 'runs' }, { atMost: 0 }),
    within({ figure: `${at}: sums of the books that differ`, measured: unequal.length, unit: 'sums' }, { atMost: 0 }),
    within({ figure: `${at}: heap of the stack afterwards, more`, measured: grown, unit: 'MB' }, { atMost: 20 }),
  ]
}

/** Asks, and looks in the database until it has ended: fifty who poll would be most of the work. */
async function build(sql: postgres.Sql, { person, project, prompt }: Wish) {
  const id = await ask({ person, project, prompt })
  const look = async () => {
    const [row] = await sql<
      {
        state: string
        failure: string | null
        attempt: number
        ended: boolean
        completions: number
        versions: number
      }[]
    >`
      select state, failure_code as failure, attempt, ended_at is not null as ended,
        (select count(*)::int from everjust.events where project_id = g.project_id
          and type in ('project:generation:complete', 'project:generation:failed')) as completions,
        (select count(*)::int from everjust.versions where project_id = g.project_id) as versions
      from everjust.generations g where id = ${id}`
    if (!row) throw new Error(`${id} is not there`)
    return row
  }
  await until(`the end of ${id}`, async () => (await look()).ended, 900)
  const seen = await look()
  await person.delete(paths.project(project))
  await person.delete(paths.deletedProject(project))
  return seen
}

interface Wish {
  person: Caller
  project: ProjectId
  prompt: string
}

/** As a client does it: what is too much at once is asked again. */
async function ask({ person, project, prompt }: Wish): Promise<GenerationId> {
  for (;;) {
    const { status, body } = await person.post<Generation>(projectPaths.generate(project), { prompt })
    if (status === 202) return body.id
    if (status !== 429 && status !== 503) throw new Error(`no generation: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}
