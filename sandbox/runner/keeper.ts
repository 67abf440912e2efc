import type { RunJob } from '../../lib/contract/run.ts'
import type { FileEntry } from '../../lib/contract/version.ts'
import type { Clock } from './clock.ts'
import type { ControlPlane } from './control-plane.ts'
import type { Recorder } from './recorder.ts'
import { openShelf, type Taken } from './shelf.ts'
import type { ToolHost } from './tool-host.ts'
import { saveTranscript, type Transcript } from './transcript.ts'

/** So many entries may wait to be saved: what a runner that is killed has to do again stays little. */
const mostUnsaved = 4
const mostHeld = 16 * 1024 * 1024

interface Options {
  projectId: RunJob['projectId']
  address: string
  transcript: Transcript
  /** Files whose content is stored already. */
  stored: readonly FileEntry[]
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
export function openKeeper({ projectId, address, transcript, stored, clock, host, plane, recorder }: Options) {
  const shelf = openShelf({ host, plane, projectId, stored })
  let [waiting, unsaved]: [Moment | undefined, number] = [undefined, 0]
  let taking: Promise<void> = Promise.resolve()
  let saving: Promise<void> = Promise.resolve()
  let state: 'idle' | 'saving' | 'failed' = 'idle'

  return { keep, settled }

  /** Takes what is known now; `changed` takes the files too. Whoever calls next waits for that, so no tool comes between. */
  async function keep(changed: boolean): Promise<void> {
    await taking
    const isFarBehind = unsaved >= mostUnsaved || (waiting?.taken?.bytes ?? 0) > mostHeld
    if (isFarBehind || state === 'failed') await saving
    taking = take(changed)
    // Whoever waits for it next is told of a failure.
    taking.catch(() => undefined)
  }

  /** Settles when all is saved. Rejects when it was not. */
  async function settled(): Promise<void> {
    await taking
    await saving
  }

  async function take(changed: boolean): Promise<void> {
    const now = { history: [...transcript.history], seconds: clock.spent(), seen: host.seen() }
    const taken = changed ? await shelf.take(waiting?.taken ?? null) : null
    const recording = recorder.take(taken?.files ?? null)
    waiting = { ...now, taken: taken ?? waiting?.taken ?? null, recording }
    unsaved++
    if (state !== 'idle') return
    state = 'saving'
    saving = saveAll()
    saving.catch(() => (state = 'failed'))
  }

  async function saveAll(): Promise<void> {
    for (let moment = waiting; moment; moment = waiting) {
      const entries = unsaved
      waiting = undefined
      await save(moment)
      unsaved -= entries
    }
    state = 'idle'
  }

  async function save({ taken, recording, ...moment }: Moment): Promise<void> {
    if (taken) await shelf.store(taken)
    transcript.checkpoint = taken?.files ?? transcript.checkpoint
    const saved = { ...moment, checkpoint: transcript.checkpoint }
    await Promise.all([recorder.store(recording), saveTranscript(address, saved)])
  }
}
export type Keeper = ReturnType<typeof openKeeper>

export const prof: string[] = []
