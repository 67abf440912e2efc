import type { Event, EventPage } from '../../lib/contract/event.ts'
import type { Generation } from '../../lib/contract/generation.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Project } from '../../lib/contract/project.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import type { FileEntry } from '../../lib/contract/version.ts'
import { openApi, type Api } from './api.ts'
import { dollars } from './dollars.ts'
import { endingOf } from './ending.ts'
import { lineOf } from './lines.ts'

interface Wish {
  url: string
  token: () => Promise<string>
  sentence: string
  say?: (line: string) => void
}

/** Builds an app from a sentence through the public API, telling each step; resolves to whether it succeeded. */
export async function buildInTerminal({ url, token, sentence, say = console.log }: Wish): Promise<boolean> {
  const api = openApi(url, token)
  const started = performance.now()
  const project = await api.post<Project>(paths.projects(), { prompt: sentence })
  const generation = await api.post<Generation>(projectPaths.generate(project.id), { prompt: sentence })
  say(
    `Building "${project.name}"${generation.scripted ? ' (scripted demo, no model)' : ''}. It may cost at most ${dollars(generation.cost.atMostMicros)}.`,
  )
  await follow(api, generation, say)
  const [ended, sandbox] = await Promise.all([
    api.get<Generation>(projectPaths.generation(project.id, generation.id)),
    api.get<Sandbox>(projectPaths.sandbox(project.id)),
  ])
  const files = ended.versionId
    ? await api.get<{ items: FileEntry[] }>(`${projectPaths.files(project.id, ended.versionId)}?limit=100`)
    : { items: [] }
  for (const line of endingOf({
    ended,
    sandbox,
    files: files.items,
    url,
    seconds: (performance.now() - started) / 1_000,
  }))
    say(line)
  return ended.state === 'succeeded'
}

const endings = new Set(['project:generation:complete', 'project:generation:failed', 'project:generation:cancelled'])

async function follow(api: Api, { id, projectId }: Generation, say: (line: string) => void): Promise<void> {
  let after = '0'
  for (;;) {
    const page = await api.get<EventPage>(`${projectPaths.events(projectId)}?after=${after}&wait=20`)
    const ours = page.events.filter(({ data }) => data['generationId'] === id || data['generationId'] === undefined)
    for (const line of ours.flatMap(tell)) say(line)
    if (ours.some(({ type }) => endings.has(type))) return
    after = page.next
  }
}

function tell(event: Event): string[] {
  const line = lineOf(event)
  return line ? [`  ${line}`] : []
}
