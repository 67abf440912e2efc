import * as z from 'zod/mini'
import { GenerationId, ProjectId, UserId, VersionId } from './ids.ts'
import { Instant } from './page.ts'

export const fileLimits = { count: 2_000, bytes: 10 * 1024 * 1024, totalBytes: 100 * 1024 * 1024 } as const

/** How many blobs one request may ask addresses for: their addresses must fit the answer. */
export const batchLimit = 1_000

export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** A path inside the project: relative, forward slashes, no empty, `.` or `..` segment, no control characters. */
export const FilePath = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(400),
    z.refine(isFilePath, 'A file path is relative, uses forward slashes, and stays inside the project.'),
  )

export function isFilePath(path: string): boolean {
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return false
  const segments = path.split('/')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return false
  return segments[0] !== '.git' && !segments.includes('node_modules')
}

export const FileMode = z.enum(['100644', '100755'])

/** One line of a manifest: the content is the blob with this digest. */
export const FileEntry = z.object({
  path: FilePath,
  sha256: Sha256,
  size: z.int().check(z.minimum(0), z.maximum(fileLimits.bytes)),
  mode: z._default(FileMode, '100644'),
})
export type FileEntry = z.output<typeof FileEntry>

const fileList = z.array(FileEntry).check(z.maxLength(fileLimits.count))

/** Step one of saving: announce what you have, learn what is missing. */
export const UploadBatch = z.strictObject({ files: z.array(FileEntry).check(z.maxLength(batchLimit)) })
export const Uploads = z.object({
  uploads: z.array(z.object({ sha256: Sha256, url: z.string(), headers: z.record(z.string(), z.string()) })),
})
export type Uploads = z.infer<typeof Uploads>

/** Where to read blobs of this project; each address is good for a short time. */
export const DownloadBatch = z.strictObject({ sha256: z.array(Sha256).check(z.maxLength(batchLimit)) })
export const Downloads = z.object({ downloads: z.array(z.object({ sha256: Sha256, url: z.string() })) })
export type Downloads = z.infer<typeof Downloads>

/** Step three of saving: commit. Refused with 409 when `parentId` is no longer current. */
export const NewVersion = z.strictObject({
  parentId: z.nullable(VersionId),
  message: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  files: fileList,
  /** Said by people alone: that these files were brought in from elsewhere. */
  imported: z.optional(z.boolean()),
  /** Said by runs alone: whether every check passed, and the picture of the page, stored like a file's content. */
  checked: z.optional(z.strictObject({ green: z.boolean(), picture: z.nullable(Sha256) })),
})
export type NewVersion = z.output<typeof NewVersion>

/** What is stored for each version: its files, sorted by path. */
export const Manifest = z.object({ files: fileList })

/** What a project is now, for a run that finds that it is not what it began with. */
export const CurrentVersion = z.object({ versionId: z.nullable(VersionId), files: fileList })
export type CurrentVersion = z.infer<typeof CurrentVersion>

/** The path of what belongs to one version. */
export const VersionPath = z.object({ projectId: ProjectId, versionId: VersionId })
export const VersionFilePath = z.extend(VersionPath, { path: FilePath })

/** Files of a version by path: `after` is the last path seen. */
export const FileQuery = z.object({
  after: z.optional(z.string().check(z.maxLength(400))),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(fileLimits.count)), fileLimits.count),
})

export const Version = z.object({
  id: VersionId,
  projectId: ProjectId,
  number: z.int(),
  source: z.enum(['generation', 'edit', 'restore', 'import']),
  message: z.string(),
  /** What somebody called it, to find it again. */
  name: z.nullable(z.string()),
  /** Who saved it, or asked for it; null for those who are no members. */
  author: z.nullable(z.object({ id: UserId, name: z.string() })),
  parentId: z.nullable(VersionId),
  generationId: z.nullable(GenerationId),
  restoredFrom: z.nullable(VersionId),
  fileCount: z.int(),
  totalBytes: z.int(),
  /** Whether it installed, type checked, built and showed its page without an error; null when nobody looked. */
  green: z.nullable(z.boolean()),
  /** A signed address of its picture, good for an hour. */
  picture: z.nullable(z.string()),
  createdAt: Instant,
})
export type Version = z.infer<typeof Version>

export const VersionName = z.strictObject({
  name: z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(80))),
})

export const DiffLine = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
export const Hunk = z.object({ oldStart: z.int(), newStart: z.int(), lines: z.array(DiffLine) })
export const VersionDiff = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['added', 'removed', 'modified']),
      /** Null when a side is binary or too large to compare. */
      hunks: z.nullable(z.array(Hunk)),
    }),
  ),
})
export type VersionDiff = z.infer<typeof VersionDiff>
