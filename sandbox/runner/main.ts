import { readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Event } from '../../lib/contract/event.ts'
import { RunJob } from '../../lib/contract/run.ts'
import type { Revival } from '../live/wire.ts'
import { stateFolder } from '../place.ts'
import { appUser } from './host/app-user.ts'
import { openControlPlane } from './control-plane.ts'
import { openDevServer } from './app/dev-server.ts'
import { generate, nothingElse } from './generate.ts'
import { readEvents } from './reporting/earlier-events.ts'
import { openLiveLink } from './reporting/live-link.ts'
import { reachByMail } from './reach.ts'
import { openReporter } from './reporting/reporter.ts'
import { openToolHost } from './host/tool-host.ts'
import { startOf } from './app/processes.ts'
import { takeTurn } from './turn-lock.ts'
import { bringFiles } from './workspace.ts'

/** Exit codes: the job is done; something failed (one line says what); the run is not ours any more. */
const exits = { done: 0, failed: 1, over: 3 } as const
const lastWordsMs = 1_000

/**
 * `runner.js <job file> [<killed runner>]`: does one job in a sandbox, or goes on with it after a runner that was killed.
 * The dev server and the live gateway go on without it.
 */
async function main() {
  const job = takeJob(process.argv[2] ?? '')
  const after = process.argv[3]
  const stop = () => {
    if (job.mode === 'sync') console.error('This job is not known to the API any more.')
    process.exit(exits.over)
  }
  // What was shown live and not yet reported is said before it goes, so that a reload after a stop shows the same.
  const lastWords: (() => Promise<void>)[] = []
  process.on('SIGTERM', () => {
    void Promise.race([Promise.all(lastWords.map((say) => say())), sleep(lastWordsMs)]).finally(stop)
  })
  const folder = stateFolder()
  if (!takeTurn(folder, job.mode, after)) return console.log('A generation works here already; its preview is kept up.')
  if (job.mail) reachByMail(folder)
  const run = job.generation?.id ?? null
  const live = openLiveLink({ folder, doors: job.live, run, revival: job.mode === 'generate' ? revivalOf(job) : null })
  const host = openToolHost(job.template)
  const plane = openControlPlane({ api: job.api, token: job.token, onOver: stop })
  const earlier = run && after !== undefined ? readEvents(folder, run) : []
  const dev = openDevServer(folder, { host, origins: job.live.origins })
  const means = { job, plane, live, host, dev, stop, lastWords, earlier }
  try {
    if (job.generation && job.mode === 'generate') await work({ ...means, generation: job.generation })
    else await sync(means)
  } finally {
    await live.close()
    await host.close()
  }
}

/** Whoever holds it can go on with this run: it is told to the live gateway alone, over a socket only root can open. */
function revivalOf(job: RunJob): Revival {
  return { pid: process.pid, start: startOf(process.pid) ?? '', job, env: { ...process.env } as Record<string, string> }
}

/** Reads the job and removes its file at once: the token in it lives on in this process only. */
function takeJob(file: string): RunJob {
  const text = readFileSync(file, 'utf8')
  rmSync(file)
  return RunJob.parse(JSON.parse(text))
}

interface Means {
  job: RunJob
  plane: ReturnType<typeof openControlPlane>
  live: ReturnType<typeof openLiveLink>
  host: ReturnType<typeof openToolHost>
  dev: ReturnType<typeof openDevServer>
  stop: () => void
  lastWords: (() => Promise<void>)[]
  /** What the runner before said in this attempt. */
  earlier: readonly Event[]
}

async function sync({ job, plane, live, host, dev }: Means) {
  await bringFiles(job.base?.files ?? null, { host, plane, projectId: job.projectId })
  const { ok, ran, output } = await host.ask({ op: 'modules' })
  if (!ok) throw new Error(`The dependencies cannot be installed. ${output.slice(-1_000)}`)
  await (ran ? dev.restart() : dev.start())
  await live.ready
}

async function work(means: Means & { generation: NonNullable<RunJob['generation']> }) {
  const { job, generation, plane, live, stop, lastWords, earlier } = means
  const reporter = openReporter({ projectId: job.projectId, generation, plane, live, earlier, onOver: stop })
  lastWords.push(reporter.flush)
  if (!appUser()) {
    const line = 'Generated code runs as the same user as its runner here: this sandbox cannot change users.'
    reporter.emit('sandbox:logs', { source: 'runner', line })
  }
  let fault: unknown
  const claim = await generate({ ...means, reporter }).catch((error: unknown) => {
    fault = error
    return { ...nothingElse, outcome: 'failed', failure: 'platform_fault', answer: '', versionId: null } as const
  })
  await reporter.end(claim)
  if (fault !== undefined) throw fault
}

main().then(
  () => process.exit(exits.done),
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    console.error(message.replaceAll(/\s+/g, ' ').slice(0, 2_000))
    process.exit(exits.failed)
  },
)
