import * as z from 'zod/mini'
import { Version, type FileEntry, type NewVersion } from '../../lib/contract/version.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { RunJob } from '../../lib/contract/run.ts'
import type { Entry } from '../../lib/domain/generation.ts'
import { Refused, type ControlPlane } from './control-plane.ts'
import { mergeFiles } from './merge.ts'
import type { ToolHost } from './host/tool-host.ts'
import type { Transcript } from './storage/transcript.ts'
import { isMissingIn } from './workspace.ts'

/** How often a run takes up what people save while it saves. */
const mostMerges = 3

/** All that a run needs to know of it: what else a version tells may change while a sandbox lives. */
const Saved = z.pick(Version, { id: true })

interface Options {
  projectId: RunJob['projectId']
  base: RunJob['base']
  generation: NonNullable<RunJob['generation']>
  plane: ControlPlane
  host: ToolHost
}

/**
 * Makes the checkpoint a version, unless nothing changed. Asked twice for the same generation, it stays one version.
 * When a person saved one meanwhile, its changes are put together with the run's instead.
 */
export async function commit(
  { checkpoint: files, history }: Pick<Transcript, 'checkpoint' | 'history'>,
  options: Options,
): Promise<Entry> {
  const { projectId, base, generation, plane } = options
  const merges = history.filter((entry) => entry.kind === 'merged')
  const parent = merges.at(-1) ?? base
  if (!files || (parent && isSame(files, parent.files))) return { kind: 'saved', versionId: null, refused: null }
  const message = generation.prompt.trim().split('\n')[0]?.slice(0, 500).trim() || 'Generated'
  const body = { parentId: parent?.versionId ?? null, message, files, checked: checkedIn(history) }
  const key = [generation.id, 'version', ...merges.map(({ versionId }) => versionId)].join('.')
  try {
    const version = await plane.call(projectPaths.versions(projectId), { body, answer: Saved, key })
    return { kind: 'saved', versionId: version.id, refused: null }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === 'payment_required') return { kind: 'saved', versionId: null, refused: 'storage_full' }
    if (error.code !== 'version_outdated') throw error
    if (merges.length >= mostMerges) return { kind: 'saved', versionId: null, refused: 'overtaken' }
    return mergeFiles(parent?.files ?? null, options)
  }
}

// Said of the files as they are: what was checked before the last change says nothing of them.
function checkedIn(history: readonly Entry[]): NewVersion['checked'] {
  const last = history.at(-1)
  return last?.kind === 'checked' && last.green !== null ? { green: last.green, picture: last.picture } : undefined
}

const isSame = (files: readonly FileEntry[], base: readonly FileEntry[]) =>
  files.length === base.length && !files.some(isMissingIn(base))
