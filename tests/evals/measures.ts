import type { Sql } from 'postgres'
import type { Event } from '../../lib/contract/event.ts'
import type { Generation } from '../../lib/contract/generation.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Version } from '../../lib/contract/version.ts'
import { touchedBy } from '../../scripts/replay/touched.ts'
import type { Caller } from '../stack/open-stack.ts'

/** What one request took. */
export interface Measures {
  previewSeconds: number | null
  greenSeconds: number | null
  steps: number
  repairs: number
  /** What the model read and wrote; null where the rows behind the API are out of reach. */
  tokens: number | null
  micros: number
  linesTouched: number
  /** Lines that were changed and stand in the end as they stood before. */
  linesNeedless: number
}

interface Given {
  person: Caller
  ended: Generation
  /** The log of the project until then. */
  events: readonly Event[]
  /** As the owner of the database; undefined when that is not a local one. */
  sql: Sql | undefined
}

export async function measure({ person, ended, events, sql }: Given): Promise<Measures> {
  const { id, projectId } = ended
  const [versions, tokens] = await Promise.all([
    person.get<{ items: Version[] }>(projectPaths.versions(projectId)),
    sql ? tokensOf(sql, id) : null,
  ])
  const since = (at: string) => (Date.parse(at) - Date.parse(ended.createdAt)) / 1_000
  const preview = events.find(({ type }) => type === 'preview:ready')
  const own = events.filter(({ data }) => data['generationId'] === id)
  const green = versions.body.items.find(({ generationId, green }) => generationId === id && green === true)
  const lines = await linesOf(person, ended)
  return {
    previewSeconds: preview && since(preview.at) > 0 ? since(preview.at) : null,
    greenSeconds: green ? since(green.createdAt) : null,
    steps: new Set(progressOf(own).flatMap(({ step }) => (typeof step === 'number' ? [step] : []))).size,
    repairs: progressOf(own).filter(({ phase }) => phase === 'repairing').length,
    tokens,
    micros: ended.cost.micros,
    linesTouched: lines.touched,
    linesNeedless: lines.needless,
  }
}

const progressOf = (events: readonly Event[]): Record<string, unknown>[] =>
  events.flatMap(({ type, data }) =>
    type === 'project:generation:progress' ? [data['progress'] as Record<string, unknown>] : [],
  )

/** As its recording tells; a run that was not recorded touched nothing. */
async function linesOf(person: Caller, { projectId, id }: Generation) {
  const ask = async (path: string, body?: unknown) => {
    const answer = await (body === undefined ? person.get(path) : person.post(path, body))
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
    return answer.body
  }
  const recorded = await person.get(projectPaths.recording(projectId, id))
  return recorded.status === 200 ? touchedBy({ projectId, generationId: id, ask }) : { touched: 0, needless: 0 }
}

async function tokensOf(sql: Sql, generation: string): Promise<number> {
  const [row] = await sql<{ tokens: string | null }[]>`
    select sum((usage->>'input_tokens')::bigint + (usage->>'output_tokens')::bigint
      + coalesce((usage->>'cache_read_input_tokens')::bigint, 0)
      + coalesce((usage->>'cache_creation_input_tokens')::bigint, 0)) as tokens
    from everjust.model_calls where generation_id = ${generation}`
  return Number(row?.tokens ?? 0)
}
