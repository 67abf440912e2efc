import * as z from 'zod/mini'
import { ProjectId, VersionId, type ProjectId as Project } from '../../../lib/contract/ids.ts'
import { VersionDiff, type FileEntry } from '../../../lib/contract/version.ts'
import { hunksBetween } from '../../../lib/domain/diff.ts'
import { changesBetween, type FileChange } from '../../../lib/domain/manifest.ts'
import { inProject } from '../../../lib/entry/locate.ts'
import { refuse, waitingOperation } from '../../../lib/entry/operation.ts'
import { objectKeys, type ObjectStore } from '../../../lib/ports/object-store.ts'
import { atOnce } from '../../../lib/work/at-once.ts'
import { filesOf } from '../../../lib/work/stored-files.ts'

/** Larger files are named without their lines; so are those after the answer has grown to its limit. */
const limits = { fileBytes: 256 * 1024, comparedFiles: 200, answerChars: 600_000, readersAtOnce: 8 } as const

export const diffVersions = waitingOperation({
  summary: 'Compare the files of two versions, line by line',
  path: z.object({ projectId: ProjectId, before: VersionId, after: VersionId }),
  may: ['project.read', inProject],
  answers: [200, VersionDiff],
  refuses: ['not_found'],
  async run({ path: { projectId, before, after } }, { within, objects }) {
    const [old, fresh] = await within(({ versions }) =>
      Promise.all([versions.find(projectId, before), versions.find(projectId, after)]),
    )
    if (!old || !fresh) return refuse('not_found')
    const changes = changesBetween(...(await Promise.all([filesOf(objects, old), filesOf(objects, fresh)])))
    const compared = await atOnce(limits.readersAtOnce, changes.slice(0, limits.comparedFiles), async (change) => ({
      ...change,
      hunks: await hunksOf(change, objects, projectId),
    }))
    const rest = changes.slice(limits.comparedFiles).map((change) => ({ ...change, hunks: null }))
    return { files: withinAnswer([...compared, ...rest]) }
  },
})

type Hunks = z.input<typeof VersionDiff>['files'][number]['hunks']

async function hunksOf(change: FileChange, objects: ObjectStore, projectId: Project): Promise<Hunks> {
  const [before, after] = await Promise.all([
    change.change === 'added' ? '' : textOf(change.before, objects, projectId),
    change.change === 'removed' ? '' : textOf(change.after, objects, projectId),
  ])
  return before === undefined || after === undefined ? null : hunksBetween(before, after)
}

/** Undefined for what is not text, or too much of it. */
async function textOf({ sha256, size }: FileEntry, objects: ObjectStore, projectId: Project) {
  if (size > limits.fileBytes) return undefined
  const bytes = await objects.get(objectKeys.blob(projectId, sha256))
  if (!bytes || bytes.includes(0)) return undefined
  return decoded(bytes)
}

function decoded(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes)
  return text.includes('\uFFFD') ? undefined : text
}

function withinAnswer<T extends { hunks: Hunks }>(files: readonly T[]): T[] {
  let chars = 0
  return files.map((file) => {
    chars += JSON.stringify(file.hunks).length
    return chars > limits.answerChars ? { ...file, hunks: null } : file
  })
}
