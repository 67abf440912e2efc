import type { RunJob } from '../../lib/contract/run.ts'
import type { Clock } from './clock.ts'
import type { ControlPlane } from './control-plane.ts'
import type { Recorder } from './storage/recorder.ts'
import { openSaving } from './saving.ts'
import { openShelf, type Taken } from './storage/shelf.ts'
import type { ToolHost } from './host/tool-host.ts'
import { saveTranscript, type Transcript } from './storage/transcript.ts'

/** So many entries may wait to be saved: what a runner that is killed has to do again stays little. */
const mostUnsaved = 4
const mostHeld = 16 * 1024 * 1024

interface Options {
  job: Pick<RunJob, 'projectId' | 'base'>
  generation: Pick<NonNullable<RunJob['generation']>, 'transcript'>
  transcript: Transcript
  clock: Clock
  host: ToolHost
  plane: ControlPlane
  recorder: Pick<Recorder, 'take' | 'store'>
}

/** All that is saved of a generation, as it was after one entry. */
interface Moment extends Pick<Transcript, 'history' | 'seconds' | 'seen'> {
  /** The last files that were taken and not stored yet. */
  taken: Taken | null
  recording: string
}

/**
 * Saves a generation after every entry, so that a killed runner goes on from there. What there is to save is taken at
 * once and stored behind: the work goes on meanwhile, and of moments that wait only the last is stored.
 */
export function openKeeper({ job, generation, transcript, clock, host, plane, recorder }: Options) {
  const stored = [...(job.base?.files ?? []), ...(transcript.checkpoint ?? [])]
  const shelf = openShelf({ host, plane, projectId: job.projectId, stored })
  const saving = openSaving(save)
  let taking: Promise<void> = Promise.resolve()

  return { keep, settled }

  /** Takes what is known now; `changed` takes the files too. Whoever calls next waits for that, so no tool comes between. */
  async function keep(changed: boolean): Promise<void> {
    await taking
    const held = saving.waiting()?.taken?.bytes ?? 0
    await saving.catchUp(held > mostHeld ? 0 : mostUnsaved)
    taking = take(changed)
    // Whoever waits for it next is told of a failure.
    taking.catch(() => undefined)
  }

  /** Settles when all is saved. Rejects when it was not. */
  async function settled(): Promise<void> {
    await taking
    await saving.catchUp(0)
  }

  async function take(changed: boolean): Promise<void> {
    const now = { history: [...transcript.history], seconds: clock.spent(), seen: host.seen() }
    const taken = changed ? await shelf.take(saving.waiting()?.taken ?? null) : null
    const recording = recorder.take(taken?.files ?? null)
    saving.add({ ...now, taken: taken ?? saving.waiting()?.taken ?? null, recording })
  }

  async function save({ taken, recording, ...moment }: Moment): Promise<void> {
    if (taken) await shelf.store(taken)
    transcript.checkpoint = taken?.files ?? transcript.checkpoint
    const saved = { ...moment, checkpoint: transcript.checkpoint }
    await Promise.all([recorder.store(recording), saveTranscript(generation.transcript.put, saved)])
  }
}
export type Keeper = ReturnType<typeof openKeeper>
