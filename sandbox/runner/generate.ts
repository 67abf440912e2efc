import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunEnd, RunJob } from '../../lib/contract/run.ts'
import { place } from '../place.ts'
import { carry } from './carry.ts'
import { installModules, runChecks } from './checks.ts'
import { openClock } from './clock.ts'
import { commit } from './commit.ts'
import type { ControlPlane } from './control-plane.ts'
import type { DevServer } from './dev-server.ts'
import { openKeeper } from './keeper.ts'
import { openModel } from './model.ts'
import type { Reporter } from './reporter.ts'
import { systemPrompt } from './system-prompt.ts'
import type { ToolHost } from './tool-host.ts'
import { openTools } from './tools.ts'
import { loadTranscript } from './transcript.ts'
import { bringFiles } from './workspace.ts'

interface Options {
  job: RunJob
  generation: NonNullable<RunJob['generation']>
  plane: ControlPlane
  reporter: Reporter
  host: ToolHost
  dev: DevServer
}

/** Carries a generation to its end, from its beginning or from where an earlier attempt was cut off. */
export async function generate(options: Options): Promise<Omit<RunEnd, 'attempt'>> {
  const { job, generation, plane, reporter, host, dev } = options
  const { projectId, base, template } = job
  if (generation.attempt > 1) reporter.progress({ kind: 'resumed', attempt: generation.attempt })
  reporter.progress({ kind: 'phase', phase: 'preparing' })
  void reporter.flush()

  const transcript = await loadTranscript(generation.transcript.get, generation.prompt)
  const clock = openClock(transcript.seconds, generation.limits.seconds)
  await bringFiles(transcript.checkpoint ?? base?.files ?? null, { host, plane, projectId })
  const means = { host, dev, reporter }
  await host.ask({ op: 'modules' })
  showPreview(dev, reporter)

  const step = { number: 1, changed: [] }
  const conventions = readFileSync(join(place.templates, template, 'AGENTS.md'), 'utf8')
  const system = systemPrompt({ project: place.project, template, conventions })
  const tools = openTools({ host, reporter, clock, step })
  const stop = await carry({
    history: transcript.history,
    limits: generation.limits,
    clock,
    model: openModel({ generation, system, tools, plane, reporter }),
    keeper: openKeeper({ projectId, address: generation.transcript.put, transcript, clock, host, plane }),
    reporter,
    step,
    check: () => runChecks(means),
    install: () => installModules(means),
    commit: () => commit(transcript.checkpoint, { projectId, base, generation, plane }),
  })
  const { failure, diagnosis, answer, versionId } = stop
  return { ...nothingElse, outcome: failure ? 'failed' : 'succeeded', failure, diagnosis, answer, versionId }
}

/** What most ends do not say. */
export const nothingElse = { question: null, diagnosis: null, memory: null } as const

// The model need not wait for the preview; a server that does not come up is found by the checks.
function showPreview(dev: DevServer, reporter: Reporter) {
  const shown = async () => {
    await dev.start()
    reporter.emit('preview:changed', { generationId: reporter.id })
    await reporter.flush()
  }
  shown().catch((error: unknown) => {
    const line = String(error).slice(0, 2_000)
    reporter.emit('sandbox:logs', { source: 'dev-server', line })
  })
}
