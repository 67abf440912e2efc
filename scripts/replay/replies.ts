import { createHash } from 'node:crypto'
import { ModelChunk } from '../../lib/contract/model.ts'
import type { CallId } from '../../lib/contract/ids.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import { RecordedCallPlaces, type RecordedStep, type Recording } from '../../lib/contract/recording.ts'
import { canonicalJson } from '../../lib/domain/recording.ts'
import { atOnce } from '../../lib/work/at-once.ts'
import type { Source } from './api.ts'

/** What in the model's stored requests and replies is not as it was recorded, or asked for none of what the tools did. */
export async function faultsOfReplies(source: Source, { steps }: Recording): Promise<string[]> {
  const faults = await atOnce(8, steps, (step) => faultsOfStep(step, source))
  return faults.flat()
}

async function faultsOfStep({ n, calls, tools }: RecordedStep, source: Source): Promise<string[]> {
  // Nothing was asked where no call is named.
  if (calls.length === 0) return []
  const asked = new Set<string>()
  const faults: string[] = []
  for (const { id, request } of calls) {
    const place = await placesOf(source, id)
    const stored = await readJson<{ body?: unknown }>(place.request)
    if (digest(canonicalJson(stored?.body)) !== request)
      faults.push(`Step ${n}: the request ${id} is not what was recorded.`)
    for (const call of toolCallsIn(await textOf(place))) asked.add(call)
  }
  const unasked = tools.filter(({ name, input }) => !asked.has(`${name} ${input}`))
  return [...faults, ...unasked.map(({ name }) => `Step ${n}: no reply of the model asks for this call of ${name}.`)]
}

type Places = Omit<RecordedCallPlaces, 'next'>

async function placesOf({ projectId, generationId, ask }: Source, id: CallId): Promise<Places> {
  const chunks: string[] = []
  for (let from = 0; ;) {
    const page = RecordedCallPlaces.parse(
      await ask(`${projectPaths.recordedCall(projectId, generationId, id)}?from=${from}`),
    )
    chunks.push(...page.chunks)
    if (page.next === null) return { request: page.request, chunks }
    from = page.next
  }
}

async function readJson<T>(url: string): Promise<T | undefined> {
  const response = await fetch(url)
  return response.ok ? ((await response.json()) as T) : undefined
}

async function textOf({ chunks }: Places): Promise<string> {
  const read = await atOnce(16, chunks, (url) => readJson(url))
  return read.flatMap((chunk) => ModelChunk.safeParse(chunk).data?.text ?? []).join('')
}

interface StreamEvent {
  index?: number
  content_block?: { type: string; name?: string }
  delta?: { type: string; partial_json?: string }
}

/** The calls of tools in an event stream, each as its name and the digest of its input. */
function toolCallsIn(stream: string): string[] {
  const open = new Map<number, { name: string; json: string }>()
  for (const [, text = ''] of stream.matchAll(/^data: (.+)$/gm)) {
    const { index = 0, content_block: block, delta } = parse(text)
    if (block?.type === 'tool_use') open.set(index, { name: block.name ?? '', json: '' })
    const call = open.get(index)
    if (call && delta?.type === 'input_json_delta') call.json += delta.partial_json ?? ''
  }
  return Array.from(open.values(), ({ name, json }) => `${name} ${digest(canonicalJson(parse(json || '{}')))}`)
}

function parse(text: string): StreamEvent {
  try {
    return JSON.parse(text) as StreamEvent
  } catch {
    return {}
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
