import { createHash } from 'node:crypto'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { RecordedAddresses, Recording, RecordingPlace, type RecordedStep } from '../../lib/contract/recording.ts'
import { batchLimit, Downloads, type FileEntry } from '../../lib/contract/version.ts'
import type { ReplayJob } from '../../sandbox/replay/wire.ts'
import type { Source } from './api.ts'

export interface Recorded {
  recording: Recording
  job: ReplayJob
  /** What is not as it was recorded: contents that were changed or are gone. */
  faults: string[]
}

/** Everything that a run needs to be made again, each content held against its digest. */
export async function readRecorded(source: Source): Promise<Recorded> {
  const { projectId, generationId, ask } = source
  const { index } = RecordingPlace.parse(await ask(projectPaths.recording(projectId, generationId)))
  const recording = Recording.parse(await (await fetch(index)).json())
  const named = await addressesOf(source, recording)
  const base = recording.baseVersionId ? await filesOf(source, recording.baseVersionId) : null
  const faults: string[] = []
  const [objects, own, bases] = await Promise.all([
    readAll(named.objects, faults),
    readAll(named.blobs, faults),
    base ? blobsOf(source, base).then((blobs) => readAll(blobs, faults)) : new Map<string, Buffer>(),
  ])
  const job = replayJobOf(recording, { base, objects, contents: new Map([...bases, ...own]) })
  return { recording, job, faults }
}

interface Stored {
  base: FileEntry[] | null
  /** Inputs and outputs of tools, and contents of files, by their digests. */
  objects: ReadonlyMap<string, Buffer>
  contents: ReadonlyMap<string, Buffer>
}

export function replayJobOf(recording: Recording, { base, objects, contents }: Stored): ReplayJob {
  return {
    template: recording.template.name,
    start: { tree: recording.start, files: base },
    steps: recording.steps.map((step) => stepOf(step, objects)),
    contents: Object.fromEntries(Array.from(contents, ([sha256, bytes]) => [sha256, bytes.toString('base64')])),
  }
}

function stepOf({ n, drift, locked, tools, changes, tree }: RecordedStep, objects: ReadonlyMap<string, Buffer>) {
  const textOf = (sha256: string) => objects.get(sha256)?.toString('utf8') ?? ''
  const calls = tools.map(({ name, readOnly, input, output, ok }) => ({
    name,
    readOnly,
    input: JSON.parse(textOf(input) || 'null') as unknown,
    output: textOf(output),
    ok,
  }))
  return { n, drift, locked, tools: calls, changes, tree }
}

async function addressesOf({ projectId, generationId, ask }: Source, { steps }: Recording): Promise<RecordedAddresses> {
  const objects = steps.flatMap(({ tools }) => tools.flatMap(({ input, output }) => [input, output]))
  const blobs = steps.flatMap(({ drift, changes }) => [...drift, ...changes].flatMap(({ file }) => file?.sha256 ?? []))
  const found: RecordedAddresses = { objects: [], blobs: [] }
  const asked = [
    ...batchesOf(objects, addressBatch).map((batch) => ({ objects: batch })),
    ...batchesOf(blobs, addressBatch).map((batch) => ({ blobs: batch })),
  ]
  for (const body of asked) {
    const page = RecordedAddresses.parse(await ask(projectPaths.recorded(projectId, generationId), body))
    found.objects.push(...page.objects)
    found.blobs.push(...page.blobs)
  }
  return found
}

const addressBatch = 500

function batchesOf(digests: readonly string[], size: number): string[][] {
  const each = [...new Set(digests)]
  return Array.from({ length: Math.ceil(each.length / size) }, (_, at) => each.slice(at * size, (at + 1) * size))
}

async function filesOf({ projectId, ask }: Source, versionId: NonNullable<Recording['baseVersionId']>) {
  const page = (await ask(projectPaths.files(projectId, versionId))) as { items: FileEntry[] }
  return page.items
}

async function blobsOf({ projectId, ask }: Source, files: readonly FileEntry[]) {
  const batches = batchesOf(
    files.map(({ sha256 }) => sha256),
    batchLimit,
  )
  const pages = await Promise.all(batches.map((sha256) => ask(projectPaths.downloads(projectId), { sha256 })))
  return pages.flatMap((page) => Downloads.parse(page).downloads)
}

/** Contents by digest; one that is missing or another than its digest says is a fault and left out. */
async function readAll(addresses: readonly { sha256: string; url: string }[], faults: string[]) {
  const found = new Map<string, Buffer>()
  for (let at = 0; at < addresses.length; at += 16) {
    const read = addresses.slice(at, at + 16).map(async ({ sha256, url }) => {
      const response = await fetch(url)
      const bytes = Buffer.from(await response.arrayBuffer())
      if (!response.ok) faults.push(`The content ${sha256} is gone.`)
      else if (digest(bytes) !== sha256) faults.push(`The content ${sha256} is not what was recorded: it was changed.`)
      else found.set(sha256, bytes)
    })
    await Promise.all(read)
  }
  return found
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
