import type { RunJob } from '../../lib/contract/run.ts'
import type { Clock } from './clock.ts'
import type { ControlPlane } from './control-plane.ts'
import type { Recorder } from './recorder.ts'
import type { ToolHost } from './tool-host.ts'
import { saveTranscript, type Transcript } from './transcript.ts'
import { upload } from './workspace.ts'

interface Options {
  projectId: RunJob['projectId']
  address: string
  transcript: Transcript
  clock: Clock
  host: ToolHost
  plane: ControlPlane
  recorder: Pick<Recorder, 'keep'>
}

/** Saves a generation after every entry, so that a killed runner goes on from there; one save at a time. */
export function openKeeper({ projectId, address, transcript, clock, host, plane, recorder }: Options) {
  let saving: Promise<void> = Promise.resolve()

  return {
    /** Begins to save what is known now; `changed` stores the files first. The next save waits for this one. */
    keep: async (changed: boolean) => {
      await saving
      saving = save(changed, [...transcript.history])
      // Whoever waits for it next is told of a failure.
      saving.catch(() => undefined)
    },
    /** Settles when all is saved. Rejects when it was not. */
    settled: () => saving,
  }

  async function save(changed: boolean, history: Transcript['history']) {
    const files = changed ? await storeFiles() : null
    transcript.seconds = clock.spent()
    transcript.seen = host.seen()
    await Promise.all([recorder.keep(files), saveTranscript(address, { ...transcript, history })])
  }

  // A project past its limits keeps its last good checkpoint; its checks say why.
  async function storeFiles() {
    const { files, over } = await host.ask({ op: 'snapshot', of: 'project' })
    if (over) return null
    await upload(files, { host, plane, projectId })
    transcript.checkpoint = files
    return files
  }
}
export type Keeper = ReturnType<typeof openKeeper>
