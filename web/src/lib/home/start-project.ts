import { Problem, type Api } from '#lib/api.ts'
import { boxOf, keepUnsent } from '#lib/ask/unsent.ts'
import { projectPaths, paths, type Generation, type NewProject, type Project } from '#lib/contract.ts'

/** What a project begins with. */
type Beginning = { prompt: string } & Partial<Pick<NewProject, 'template' | 'visibility' | 'organizationId'>>

interface Started {
  project: Project | null
  problem: Problem | null
}

/** The keys of what was asked and never answered: asked again, it is done once. */
const unanswered = new Map<string, string>()

/** Opens a project named after the sentence and starts building it at once; a problem may come after the project. */
export async function startProject(api: Api, beginning: Beginning, person: string): Promise<Started> {
  const asked = JSON.stringify(beginning)
  const key = unanswered.get(asked) ?? crypto.randomUUID()
  unanswered.set(asked, key)
  const project = await api.sendOnce<Project>(paths.projects(), beginning, key)
  if (!isUnreachable(project)) unanswered.delete(asked)
  if (project instanceof Problem) return { project: null, problem: project }
  const run = { key: `${key}-run`, request: { prompt: beginning.prompt }, way: 'start' } as const
  const generation = await api.sendOnce<Generation>(projectPaths.generate(project.id), run.request, run.key)
  if (!isUnreachable(generation)) return { project, problem: generation instanceof Problem ? generation : null }
  // Nobody knows whether it has begun: the project itself says the same again.
  keepUnsent(boxOf(project.id, person), [run])
  return { project, problem: null }
}

const isUnreachable = (answer: unknown) => answer instanceof Problem && answer.code === 'unreachable'
