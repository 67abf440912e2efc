import { Problem, type Api } from '#lib/api.ts'
import { paths, type Project, type ProjectId } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { say, sayProblem } from '#lib/notify.ts'
import { inChosen } from '#lib/teams/chosen.ts'
import { willOpen } from './made-project.ts'

const longestName = 80

/** Makes a project of one's own with the files of this one, and goes there. */
export async function copyProject(api: Api, { id, name }: Pick<Project, 'id' | 'name'>): Promise<void> {
  const openProject = willOpen()
  void say(m.home_remixing({ name }))
  const copy = { name: m.home_remix_name({ name }).slice(0, longestName), ...inChosen() }
  const made = await api.send<Project>('POST', paths.remix(id), copy)
  if (made instanceof Problem) return sayProblem(made)
  await openProject(made)
}

const wanted = 'everjust:copy-after-sign-in'

/** Remembers which project is to be copied once whoever wants that has signed in. */
export const copyAfterSignIn = (id: ProjectId): void => sessionStorage.setItem(wanted, id)

/** True once: after a sign-in that was started by "Make a copy" of this project. */
export function takeCopyAfterSignIn(id: ProjectId): boolean {
  if (sessionStorage.getItem(wanted) !== id) return false
  sessionStorage.removeItem(wanted)
  return true
}
