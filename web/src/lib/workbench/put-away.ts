import { goto } from '$app/navigation'
import { resolve } from '$app/paths'
import { Problem, type Api } from '#lib/api.ts'
import { paths, type Project } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { say, sayProblem, sayWithUndo } from '#lib/notify.ts'
import type { Workbench } from '#lib/workbench.svelte.ts'

/** Puts the open project into the archive, or takes it out; the page stays and says so. */
export async function archive(bench: Workbench, archived: boolean): Promise<void> {
  const problem = await bench.change({ archived })
  if (problem) return sayProblem(problem)
  const name = bench.project?.name ?? ''
  if (archived) return sayWithUndo(m.home_archived({ name }), () => void archive(bench, false))
  return say(m.home_unarchived({ name }))
}

/** Deletes the open project and goes home; to take that back leads back into it. */
export async function remove(api: Api, { id, project }: Workbench): Promise<void> {
  const answer = await api.send('DELETE', paths.project(id))
  if (answer instanceof Problem) return sayProblem(answer)
  await goto(resolve('/'))
  await sayWithUndo(m.home_deleted({ name: project?.name ?? '' }), () => void bringBack(api, id))
}

async function bringBack(api: Api, id: Project['id']): Promise<void> {
  const back = await api.send<Project>('POST', paths.undelete(id))
  if (back instanceof Problem) return sayProblem(back)
  void say(m.home_back({ name: back.name }))
  await goto(resolve('/projects/[id]', { id }))
}
