import { Problem, type Api } from '#lib/api.ts'
import { paths, type Project, type ProjectId } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Brought } from './brought.ts'
import { inChosen } from '#lib/teams/chosen.ts'
import { saveVersion } from '#lib/code/draft/save-version.ts'
import { staticTools } from './static-tools.ts'

interface NewFromFiles {
  name: string
  brought: Brought
  signal: AbortSignal
  onprogress: (done: number, of: number) => void
}

/** Opens a new project that begins with these files; null when it was given up. Without all its files nothing of it stays. */
export async function importAsProject(
  api: Api,
  { name, brought, signal, onprogress }: NewFromFiles,
): Promise<Project | Problem | null> {
  // What has its own list of packages is installed and built; bare pages get what serves them.
  const bare = !brought.files.some(({ path }) => path === 'package.json')
  const written = bare ? [...brought.files, ...(await staticTools(brought))] : brought.files
  const body = { name: name.slice(0, 80), template: bare ? 'static' : 'react', ...inChosen() }
  const project = await api.send<Project>('POST', paths.projects(), body)
  if (project instanceof Problem) return project
  const version = await saveVersion(api, {
    project: project.id,
    parentId: null,
    message: m.code_message_imported({ name }).slice(0, 200),
    stored: [],
    written,
    imported: true,
    signal,
    onprogress,
  })
  if (!(version instanceof Problem) && !signal.aborted) return project
  await clearAway(api, project.id)
  return signal.aborted ? null : version instanceof Problem ? version : null
}

async function clearAway(api: Api, project: ProjectId): Promise<void> {
  await api.send('DELETE', paths.project(project))
  await api.send('DELETE', paths.deletedProject(project))
}
