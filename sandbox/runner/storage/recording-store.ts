import type { GenerationId, ProjectId } from '../../../lib/contract/ids.ts'
import { projectPaths } from '../../../lib/contract/project-paths.ts'
import { Recording, RecordingPlaces } from '../../../lib/contract/recording.ts'
import type { ControlPlane } from '../control-plane.ts'
import { eachOf, getObject, putObject } from './objects.ts'
import { sha256Of } from './sha256.ts'

/** Shorter than the addresses are good for. */
const placesKept = 10 * 60_000

interface Options {
  plane: ControlPlane
  projectId: ProjectId
  id: GenerationId
}

/** Where a recording is kept: what it names by digest, each once, and its index. */
export function openRecordingStore({ plane, projectId, id }: Options) {
  const waiting = new Map<string, Buffer>()
  const stored = new Set<string>()
  let index = { get: '', put: '', until: 0 }

  return { add, load, save }

  /** Answers the digest under which `text` will be stored with the next save. */
  function add(text: string): string {
    const bytes = Buffer.from(text)
    const sha256 = sha256Of(bytes)
    if (!stored.has(sha256)) waiting.set(sha256, bytes)
    return sha256
  }

  /** What an earlier attempt recorded. */
  async function load(): Promise<Recording | undefined> {
    await place([])
    const found = await getObject(index.get)
    return found && Recording.parse(JSON.parse(found.toString('utf8')))
  }

  async function save(recording: string): Promise<void> {
    const objects = Array.from(waiting, ([sha256, bytes]) => ({ sha256, size: bytes.length }))
    if (objects.length > 0 || Date.now() > index.until) {
      await eachOf(await place(objects), async ({ sha256, url, headers }) => {
        await putObject(url, waiting.get(sha256) ?? Buffer.alloc(0), headers)
        stored.add(sha256)
        waiting.delete(sha256)
      })
    }
    await putObject(index.put, Buffer.from(recording))
  }

  async function place(objects: { sha256: string; size: number }[]) {
    const until = Date.now() + placesKept
    const places = await plane.call(projectPaths.recording(projectId, id), {
      body: { objects },
      answer: RecordingPlaces,
    })
    index = { ...places.index, until }
    return places.uploads
  }
}
