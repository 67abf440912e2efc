import type { Api, Problem } from '#lib/api.ts'
import { projectPaths, type Improved, type ProjectId } from '#lib/contract.ts'

/** The same wish in words a model can do more with; answers within 20 seconds. */
export function improve(api: Api, project: ProjectId, prompt: string): Promise<Improved | Problem> {
  return api.send<Improved>('POST', projectPaths.improve(project), { prompt })
}
