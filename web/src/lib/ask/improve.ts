import { Problem, type Api } from '#lib/api.ts'
import { paths, type ProjectId } from '#lib/contract.ts'

/** The same wish in words a model can do more with. */
export async function improve(api: Api, project: ProjectId, prompt: string): Promise<string | Problem> {
  const answer = await api.send<{ prompt: string }>('POST', paths.improve(project), { prompt })
  return answer instanceof Problem ? answer : answer.prompt
}
