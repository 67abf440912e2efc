import { openDataDir } from '../../local/stack/data-dir.ts'
import { findRunning } from '../../local/stack/running.ts'
import type { GenerationId, ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'

export interface Source {
  projectId: ProjectId
  generationId: GenerationId
  /** Asks the API; rejects when it does not answer well. */
  ask(path: string, body?: unknown): Promise<unknown>
}

/**
 * Where a run is read from: the API that EVERJUST_URL and EVERJUST_TOKEN name, or the stack that runs here, as the
 * person who asked for the run. Rejects with a sentence when neither knows it.
 */
export async function findSource(generationId: GenerationId): Promise<Source> {
  const { EVERJUST_URL: url, EVERJUST_TOKEN: token } = process.env
  if (url && token) {
    const ask = asker(url, token)
    return { projectId: await projectOf(generationId, ask), generationId, ask }
  }
  const running = await findRunning(openDataDir())
  if (!running)
    throw new Error('EverJust is not running here. Start it with npm start, or set EVERJUST_URL and EVERJUST_TOKEN.')
  const answer = await fetch(`${running.control}/reader?generation=${generationId}`, {
    headers: { authorization: `Bearer ${running.secret}` },
  })
  if (!answer.ok) throw new Error(`No run here is called ${generationId}.`)
  const reader = (await answer.json()) as { projectId: ProjectId; token: string }
  return { projectId: reader.projectId, generationId, ask: asker(running.url, reader.token) }
}

type Ask = Source['ask']

const asker =
  (url: string, token: string): Ask =>
  async (path, body) => {
    const response = await fetch(new URL(path, url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path} answers ${response.status}.`)
    return response.json()
  }

/** In every organization of whoever asks, the archived projects too. */
async function projectOf(generationId: GenerationId, ask: Ask): Promise<ProjectId> {
  const { organizations } = (await ask(paths.user())) as { organizations: { id: string }[] }
  const places = organizations.flatMap(({ id: organizationId }) =>
    ['false', 'true'].map((archived) => ({ organizationId, archived })),
  )
  for (const place of places) {
    for await (const id of projectsOf(place, ask)) {
      const found = await ask(projectPaths.generation(id, generationId)).catch(() => undefined)
      if (found) return id
    }
  }
  throw new Error(`No run that this token may read is called ${generationId}.`)
}

async function* projectsOf(where: Record<string, string>, ask: Ask): AsyncGenerator<ProjectId> {
  let next: string | null = null
  do {
    const query = new URLSearchParams({ ...where, ...(next === null ? {} : { after: next }) })
    const page = (await ask(`${paths.projects()}?${query}`)) as { items: { id: ProjectId }[]; next: string | null }
    for (const { id } of page.items) yield id
    next = page.next
  } while (next !== null)
}
