import { Version, type FileEntry, type NewVersion } from '../../lib/contract/version.ts'
import { paths } from '../../lib/contract/paths.ts'
import type { RunJob } from '../../lib/contract/run.ts'
import type { Entry } from '../../lib/domain/generation.ts'
import { Refused, type ControlPlane } from './control-plane.ts'
import type { Transcript } from './transcript.ts'
import { isMissingIn } from './workspace.ts'

interface Options {
  projectId: RunJob['projectId']
  base: RunJob['base']
  generation: NonNullable<RunJob['generation']>
  plane: ControlPlane
}

/** Makes the checkpoint a version, unless nothing changed. Asked twice for the same generation, it stays one version. */
export async function commit(
  { checkpoint: files, history }: Pick<Transcript, 'checkpoint' | 'history'>,
  options: Options,
): Promise<Entry & { kind: 'saved' }> {
  const { projectId, base, generation, plane } = options
  if (!files || (base && isSame(files, base.files))) return { kind: 'saved', versionId: null, refused: null }
  const message = generation.prompt.trim().split('\n')[0]?.slice(0, 500).trim() || 'Generated'
  const body = { parentId: base?.versionId ?? null, message, files, checked: checkedIn(history) }
  try {
    const version = await plane.call(paths.versions(projectId), {
      body,
      answer: Version,
      key: `${generation.id}.version`,
    })
    return { kind: 'saved', versionId: version.id, refused: null }
  } catch (error) {
    if (error instanceof Refused && error.code === 'version_outdated') {
      return { kind: 'saved', versionId: null, refused: 'overtaken' }
    }
    throw error
  }
}

// Said of the files as they are: what was checked before the last change says nothing of them.
function checkedIn(history: readonly Entry[]): NewVersion['checked'] {
  const last = history.at(-1)
  return last?.kind === 'checked' && last.green !== null ? { green: last.green, picture: last.picture } : undefined
}

const isSame = (files: readonly FileEntry[], base: readonly FileEntry[]) =>
  files.length === base.length && !files.some(isMissingIn(base))
