import { Problem, type Api } from '#lib/api.ts'
import { paths, type Generation, type NewProject, type Project } from '#lib/contract.ts'

type Choice = Pick<NewProject, 'template' | 'visibility'>

/** Opens a project named after the sentence and starts building it at once; a problem may come after the project. */
export async function startProject(
  api: Api,
  prompt: string,
  choice: Partial<Choice> = {},
): Promise<{ project: Project | null; problem: Problem | null }> {
  const project = await api.send<Project>('POST', paths.projects(), { prompt, ...choice })
  if (project instanceof Problem) return { project: null, problem: project }
  const generation = await api.send<Generation>('POST', paths.generate(project.id), { prompt })
  return { project, problem: generation instanceof Problem ? generation : null }
}
