import { join } from 'node:path'
import { startFunctions, type FunctionsRunner } from '../../local/functions/index.ts'
import { startChild, type Child } from './parts/child.ts'
import type { Outcome, Work } from './parts/load.ts'
import { interleaved } from './parts/rounds.ts'
import { median, quantile } from './parts/statistics.ts'
import { openTown, type Person, type Town } from './parts/town.ts'
import { against, beside, type Row } from './row.ts'

// Short turns, many of them: a busy moment of the machine then falls on all candidates alike.
const rounds = 10
const milliseconds = 250
/** What V8 needs to have compiled the hot code of the largest candidate. */
const warming = { milliseconds: 4_000, most: 2_000 }

const requests = {
  'GET /projects': () => '',
  'GET /projects/:id': ({ projects }: Person) => `/${projects[7]}`,
}

type Candidate = 'floor' | 'bundle' | 'runner'

/**
 * The built function against the floor, warm, each with one connection to the database as a container has it; and what
 * the local functions runner adds.
 */
export async function measure(): Promise<Row[]> {
  await using parts = new AsyncDisposableStack()
  const keep = <T extends { stop(): Promise<void> }>(part: T): T => {
    parts.defer(() => part.stop())
    return part
  }
  const town = await openTown({ people: 10, projects: 300 })
  parts.defer(() => town.close())
  const env = town.environment
  const bundle = keep(startChild({ file: 'bundle-server.ts', env, output: join(town.folder, 'functions.log') }))
  const floor = keep(startChild({ file: 'floor-server.ts', env }))
  const load = keep(startChild({ file: 'load.ts' }))
  const runner = keep(await openRunner(env))
  const ports = {
    floor: (await floor.next<{ port: number }>()).port,
    bundle: (await bundle.next<{ port: number }>()).port,
    runner: Number(new URL(runner.url).port),
  }
  const rows: Row[] = []
  for (const name of Object.keys(requests) as (keyof typeof requests)[]) {
    const asks = town.people.map((person) => ({ ...person, path: `/api/v1/projects${requests[name](person)}` }))
    const stage: Stage = { asks, ports, load, town }
    await interleaved(1, candidates(stage, { connections: 10, ...warming }))
    for (const connections of [1, 10]) rows.push(...(await compare(name, connections, stage)))
  }
  return rows
}

interface Stage {
  asks: Work['asks']
  ports: Record<Candidate, number>
  load: Child
  town: Town
}

async function compare(name: string, connections: number, stage: Stage): Promise<Row[]> {
  const found = await interleaved(rounds, candidates(stage, { connections, milliseconds }))
  const throughput = (candidate: Candidate) => median(found[candidate].map(({ perSecond }) => perSecond))
  const latency = (candidate: Candidate, at: number) =>
    quantile(
      found[candidate].flatMap((each) => each.latencies),
      at,
    )
  const at = `${name}, ${connections} connection${connections === 1 ? '' : 's'}`
  return [
    against(
      { figure: `${at}: throughput`, unit: 'req/s', measured: throughput('bundle'), floor: throughput('floor') },
      { atLeast: 0.6 },
    ),
    against(
      { figure: `${at}: p99`, unit: 'ms', measured: latency('bundle', 0.99), floor: latency('floor', 0.99) },
      { atMost: 2 },
    ),
    beside({
      figure: `${at}: the functions runner adds, p50`,
      unit: 'ms',
      measured: latency('runner', 0.5) - latency('bundle', 0.5),
    }),
  ]
}

function candidates({ asks, ports, load, town }: Stage, work: Omit<Work, 'asks' | 'port'>) {
  const run = (port: number) => async () => {
    await town.forgetRates()
    const outcome = await load.ask<Outcome>({ ...work, port, asks } satisfies Work)
    if (outcome.failures > 0) throw new Error(`${outcome.failures} of ${outcome.latencies.length} answers were not 200`)
    return outcome
  }
  return { floor: run(ports.floor), bundle: run(ports.bundle), runner: run(ports.runner) }
}

/** The runner without the platform's limit of invocations a minute, which no benchmark could stay under. */
function openRunner(env: Record<string, string>): Promise<FunctionsRunner> {
  const root = join(import.meta.dirname, '../..')
  return startFunctions({
    projectFile: join(root, 'project.yml'),
    bundlesDir: join(root, 'build/functions'),
    env: { ...env, ...jobSettings },
    port: 0,
    limits: { perMinute: Number.MAX_SAFE_INTEGER },
    schedules: false,
  })
}

/** Named by the jobs of project.yml, none of which runs here. */
const jobSettings = Object.fromEntries(
  [
    'DAYTONA_API_URL',
    'DAYTONA_API_KEY',
    'DAYTONA_TARGET',
    'DAYTONA_SNAPSHOT',
    'SANDBOX_ALLOW_HOSTS',
    'ANTHROPIC_API_KEY',
    'ANTHROPIC_BASE_URL',
  ].map((name) => [name, 'unused']),
)
