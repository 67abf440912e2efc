import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CallId } from '../../../lib/contract/ids.ts'
import { callHeader, ModelCall } from '../../../lib/contract/model.ts'
import { paths } from '../../../lib/contract/paths.ts'
import type { RecordedCall, RecordedStep, Recording } from '../../../lib/contract/recording.ts'
import type { RunJob } from '../../../lib/contract/run.ts'
import type { FileEntry } from '../../../lib/contract/version.ts'
import { canonicalJson, stepsBetween, treeAfter, treeText } from '../../../lib/domain/recording.ts'
import type { Ask, Used } from '../../tools/wire.ts'
import type { ControlPlane } from '../control-plane.ts'
import { openRecordingStore } from './recording-store.ts'
import { sha256Of } from './sha256.ts'
import type { ToolHost } from '../host/tool-host.ts'

interface Options {
  job: Pick<RunJob, 'projectId' | 'template' | 'base'>
  generation: Pick<NonNullable<RunJob['generation']>, 'id' | 'attempt' | 'locked'>
  plane: ControlPlane
  host: ToolHost
  /** Whether something was done already, by a runner that was cut off. */
  goesOn: boolean
  /** The step that tools run in now. */
  step: { number: number }
}

/**
 * Records what makes the files of a generation: each call of a tool, what it was given and what it said, the files
 * after each step, and which request to the model led there. A recording that cannot be kept never stops a run.
 */
export async function openRecorder({ job, generation, plane, host, goesOn, step }: Options) {
  const { id, attempt, locked = [] } = generation
  const store = openRecordingStore({ plane, projectId: job.projectId, id })
  const template = (await host.ask({ op: 'snapshot', of: 'template' })).files
  const start = job.base?.files ?? template
  const earlier = goesOn ? await store.load().catch(giveUp) : undefined
  const recording = earlier ?? newRecording({ job, generation }, { start, template })
  let open: RecordedStep | undefined
  let files: readonly FileEntry[] = start

  return {
    /** The same means as before, overheard. */
    means: { plane: overhearModel(plane, (call) => recording.closing.push(call)), host: overhearTools(host, hear) },

    /** The recording as it is now; `now` are the files as they will be stored, null when they are not. */
    take: (now: readonly FileEntry[] | null): string => {
      if (open && now) {
        open.changes = stepsBetween(files, now)
        open.tree = sha256Of(treeText(now))
      }
      open = undefined
      return JSON.stringify(recording)
    },
    store: (taken: string) => store.save(taken).catch(giveUp),
  }

  async function hear({ tool: name, input, readOnly = false }: Use, use: () => Promise<Used>): Promise<Used> {
    if (open?.n !== step.number) await begin(step.number)
    const used = await use()
    const { ok, output, changes } = used
    const digests = { input: store.add(canonicalJson(input ?? null)), output: store.add(output) }
    open?.tools.push({ name, readOnly, ...digests, ok, changed: changes.length })
    return used
  }

  // What an attempt that was cut off did of this step is forgotten: its files were brought back. A step that could not
  // be recorded is told by the files that came of it.
  async function begin(n: number): Promise<void> {
    const { closing: calls, steps } = recording
    const before = steps.filter((step) => step.n < n)
    files = (await host.ask({ op: 'snapshot', of: 'project' })).files
    const drift = stepsBetween(before.reduce(filesAfter, start), files)
    open = { n, attempt, calls, drift, locked, tools: [], changes: [], tree: sha256Of(treeText(files)) }
    recording.closing = []
    recording.steps = [...before, open]
  }
}
export type Recorder = Awaited<ReturnType<typeof openRecorder>>

const filesAfter = (files: readonly FileEntry[], { drift, changes }: RecordedStep): readonly FileEntry[] =>
  treeAfter(treeAfter(files, drift), changes)

interface Files {
  start: readonly FileEntry[]
  template: readonly FileEntry[]
}

function newRecording({ job, generation }: Pick<Options, 'job' | 'generation'>, { start, template }: Files): Recording {
  return {
    format: 1,
    generationId: generation.id,
    projectId: job.projectId,
    baseVersionId: job.base?.versionId ?? null,
    template: { name: job.template, tree: sha256Of(treeText(template)) },
    tools: sha256Of(readFileSync(join(dirname(process.argv[1] ?? ''), 'tools.js'))),
    start: sha256Of(treeText(start)),
    steps: [],
    closing: [],
  }
}

function overhearModel(plane: ControlPlane, note: (call: RecordedCall) => void): ControlPlane {
  const once: ControlPlane['once'] = async (method, path, options) => {
    const response = await plane.once(method, path, options)
    if (!path.endsWith(paths.modelCalls())) return response
    const id = await callOf(response)
    const { body } = options?.body as { body: unknown }
    if (id) note({ id, request: sha256Of(canonicalJson(body)) })
    return response
  }
  return { ...plane, once }
}

/** A host that streams names the call before the reply; the other answers with nothing else. */
async function callOf(response: Response): Promise<RecordedCall['id'] | undefined> {
  const named = CallId.safeParse(response.headers.get(callHeader))
  if (named.success || response.status !== 202) return named.data
  return ModelCall.safeParse(await response.clone().json()).data?.id
}

type Use = Ask & { op: 'use' }
type Hear = (call: Use, use: () => Promise<Used>) => Promise<Used>

function overhearTools(host: ToolHost, hear: Hear): ToolHost {
  const ask = (question: Ask) => {
    if (question.op !== 'use') return host.ask(question)
    return hear(question, () => host.ask(question))
  }
  return { ...host, ask: ask as ToolHost['ask'] }
}

function giveUp(error: unknown): undefined {
  console.error(`recording: ${String(error)}`)
}
