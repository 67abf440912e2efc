import type { RunEnd } from '../../lib/contract/run.ts'
import { tokensIn } from '../../lib/domain/fullness.ts'
import { carry } from './carry.ts'
import { installModules, runChecks } from './app/checks.ts'
import { openClock } from './clock.ts'
import { commit } from './commit.ts'
import type { DevServer } from './app/dev-server.ts'
import { openEye } from './app/eye.ts'
import { openInformedModel } from './telling/informed-model.ts'
import type { GenerationMeans } from './generation-means.ts'
import { openKeeper } from './keeper.ts'
import { openRecorder } from './storage/recorder.ts'
import type { Reporter } from './reporting/reporter.ts'
import { lockedHost } from './host/locked-host.ts'
import { memoryOf } from './telling/summary.ts'
import { loadTranscript } from './storage/transcript.ts'
import { bringFiles } from './workspace.ts'

/** Carries a generation to its end, from its beginning or from where an earlier attempt was cut off. */
export async function generate(options: GenerationMeans): Promise<Omit<RunEnd, 'attempt'>> {
  const { job, generation, plane, reporter, dev } = options
  const { host, hold } = lockedHost(options.host, generation.locked ?? [])
  const { projectId, base } = job
  sayBegun(options)

  const { memory, conversation, limits } = generation
  const toldBefore = tokensIn(JSON.stringify([memory, conversation]))
  const asked = { kind: 'asked', text: generation.prompt, toldBefore } as const
  const transcript = await loadTranscript(generation.transcript.get, asked)
  const clock = openClock(transcript.seconds, limits.seconds)
  await bringFiles(transcript.checkpoint ?? base?.files ?? null, { host, plane, projectId })
  await hold()
  await host.learn(transcript.seen)
  const eye = openEye()
  const means = { host, dev, eye, reporter, plane, projectId }
  await host.ask({ op: 'modules' })
  showPreview(dev, reporter)

  const step = { number: 1, changed: [] }
  const recorder = await openRecorder({ ...options, host, step, goesOn: transcript.history.length > 1 })
  const stop = await carry({
    history: transcript.history,
    limits,
    clock,
    model: await openInformedModel({ ...options, ...recorder.means, clock, step }),
    keeper: openKeeper({ ...options, transcript, clock, recorder }),
    reporter,
    step,
    check: () => runChecks(means),
    install: () => installModules(means),
    commit: async () => {
      const entry = await commit(transcript, { projectId, base, generation, plane, host })
      // What a person changed meanwhile counts, in locked files too.
      if (entry.kind === 'merged') await hold()
      return entry
    },
    foresee: eye.open,
  })
  eye.close()
  const { move: _move, ...end } = stop
  return { ...end, outcome: end.failure ? 'failed' : 'succeeded', memory: memoryOf(transcript.history, conversation) }
}

/** What most ends do not say. */
export const nothingElse = { question: null, diagnosis: null, memory: null } as const

function sayBegun({ generation: { attempt }, reporter }: GenerationMeans) {
  if (attempt > 1 || reporter.resumes) reporter.progress({ kind: 'resumed', attempt })
  reporter.progress({ kind: 'phase', phase: 'preparing' })
  void reporter.flush()
}

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
