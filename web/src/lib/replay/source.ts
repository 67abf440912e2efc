import { Problem, type Api } from '#lib/api.ts'
import { projectPaths, type CallId, type GenerationId, type ProjectId } from '#lib/contract.ts'
import type { RecordedAddresses, RecordedCallPlaces, Recording, RecordingPlace } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'

/** The most digests of a request. */
const batch = 500

/** Where the recording of a run is read, and each piece that it names. */
export class RecordingSource {
  readonly #api: Api
  readonly #of: readonly [ProjectId, GenerationId]
  readonly #calls = new Map<CallId, Promise<Omit<RecordedCallPlaces, 'next'> | Problem>>()
  readonly #objects = new Map<string, string>()

  constructor(api: Api, of: readonly [ProjectId, GenerationId]) {
    this.#api = api
    this.#of = of
  }

  async read(): Promise<Recording | Problem> {
    const place = await this.#api.get<RecordingPlace>(projectPaths.recording(...this.#of))
    if (place instanceof Problem) return place
    const recording = await readJson<Recording>(place.index)
    if (!recording) return new Problem('not_found', m.replay_none(), '')
    const digests = recording.steps.flatMap(({ tools }) => tools.flatMap(({ input, output }) => [input, output]))
    return (await this.#locate([...new Set(digests)])) ?? recording
  }

  async #locate(digests: readonly string[]): Promise<Problem | null> {
    for (let at = 0; at < digests.length; at += batch) {
      const objects = digests.slice(at, at + batch)
      const found = await this.#api.send<RecordedAddresses>('POST', projectPaths.recorded(...this.#of), { objects })
      if (found instanceof Problem) return found
      for (const { sha256, url } of found.objects) this.#objects.set(sha256, url)
    }
    return null
  }

  /** The pieces of an object, in order; none when it has no address. */
  object(sha256: string): string[] {
    return [this.#objects.get(sha256) ?? []].flat()
  }

  async request(id: CallId): Promise<string[]> {
    const call = await this.#call(id)
    return call instanceof Problem ? [] : [call.request]
  }

  async reply(id: CallId): Promise<string[]> {
    const call = await this.#call(id)
    return call instanceof Problem ? [] : call.chunks
  }

  /** Its request and its reply are shown side by side: asked for once, and again when that failed. */
  #call(id: CallId) {
    const known = this.#calls.get(id) ?? this.#pagesOf(id)
    this.#calls.set(id, known)
    void known.then((call) => call instanceof Problem && this.#calls.delete(id))
    return known
  }

  async #pagesOf(id: CallId) {
    const chunks: string[] = []
    for (let from = 0; ;) {
      const page = await this.#api.get<RecordedCallPlaces>(`${projectPaths.recordedCall(...this.#of, id)}?from=${from}`)
      if (page instanceof Problem) return page
      chunks.push(...page.chunks)
      if (page.next === null) return { request: page.request, chunks }
      from = page.next
    }
  }
}

async function readJson<T>(url: string): Promise<T | null> {
  const response = await fetch(url).catch(() => null)
  return response?.ok ? response.json().catch(() => null) : null
}
