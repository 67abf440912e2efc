import { Problem, type Api } from '#lib/api.ts'
import { paths, type Project } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Brought } from './brought.ts'
import { saveVersion } from './save-version.ts'

interface NewFromFiles {
  name: string
  brought: Brought
  onprogress?: (done: number, of: number) => void
}

/** Opens a new project that begins with these files. Should the files not arrive, the project stays, empty. */
export async function importAsProject(
  api: Api,
  { name, brought, onprogress }: NewFromFiles,
): Promise<Project | Problem> {
  const project = await api.send<Project>('POST', paths.projects(), { name: name.slice(0, 80) })
  if (project instanceof Problem) return project
  const version = await saveVersion(api, {
    project: project.id,
    parentId: null,
    message: m.code_message_imported({ name }).slice(0, 200),
    stored: [],
    written: brought.files,
    imported: true,
    ...(onprogress && { onprogress }),
  })
  return version instanceof Problem ? version : project
}
