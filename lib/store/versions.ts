import type { GenerationId, ProjectId, VersionId } from '../contract/ids.ts'
import type { Page } from '../contract/page.ts'
import type { FileEntry, Version } from '../contract/version.ts'
import type { Principal } from '../domain/access.ts'
import type { Transaction } from './sql.ts'

/** A version, with the digests of the bytes of its manifest and of its picture. */
export interface StoredVersion extends Version {
  manifestSha256: string
  pictureSha256: string | null
}

export interface NewRow {
  id: VersionId
  projectId: ProjectId
  principal: Principal
  source: Version['source']
  message: string
  /** What the version builds on; it is taken only while that is current. */
  parentId: VersionId | null
  restoredFrom: VersionId | null
  manifestSha256: string
  files: readonly FileEntry[]
  /** The most that the project may store; what is stored already is always taken. Null, or left out, is no limit. */
  mostBytes?: number | null
  /** What its checks came to, and the picture with the size it was verified with. */
  checked?: { green: boolean | null; picture: string | null; pictureSize?: number } | undefined
}

type Row = Omit<StoredVersion, 'createdAt' | 'totalBytes'> & { createdAt: Date; totalBytes: string }

export function versionStore(transaction: Transaction) {
  const columns = transaction`
    v.id, v.project_id as "projectId", v.number, v.source, v.message, v.name,
    everjust.author_of(v.project_id, v.created_by, v.generation_id) as author, v.parent_id as "parentId",
    v.generation_id as "generationId", v.restored_from as "restoredFrom", v.file_count as "fileCount",
    v.total_bytes as "totalBytes", v.green, null as picture, v.created_at as "createdAt", v.manifest_sha256 as "manifestSha256",
    v.picture_sha256 as "pictureSha256"`

  const roomOf = (projectId: ProjectId, blobs: readonly Blob[]) => transaction`
    select coalesce((select sum(k.size) from everjust.blobs k where k.project_id = ${projectId}), 0) as used,
      coalesce(sum(b.size), 0) as more
    from jsonb_to_recordset(${transaction.json(blobs as never)}) as b (sha256 text, size bigint)
    where not exists (select from everjust.blobs k where k.project_id = ${projectId} and k.sha256 = b.sha256)`

  return {
    /** Newest first; `after` is the number of the last one seen. */
    async list(projectId: ProjectId, after: number | undefined, limit: number): Promise<Page<StoredVersion>> {
      const rows = await transaction<Row[]>`
        select ${columns} from everjust.versions v
        where v.project_id = ${projectId} and (${after ?? null}::int is null or v.number < ${after ?? null})
        order by v.number desc
        limit ${limit + 1}`
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return { items: rows.slice(0, limit).map(toVersion), next: last ? String(last.number) : null }
    },

    async find(projectId: ProjectId, id: VersionId): Promise<StoredVersion | undefined> {
      const [row] = await transaction<Row[]>`
        select ${columns} from everjust.versions v where v.project_id = ${projectId} and v.id = ${id}`
      return row && toVersion(row)
    },

    /** Undefined when there is no such version. */
    async rename(projectId: ProjectId, id: VersionId, name: string | null): Promise<StoredVersion | undefined> {
      const [row] = await transaction<Row[]>`
        update everjust.versions v set name = ${name}
        where v.project_id = ${projectId} and v.id = ${id}
        returning ${columns}`
      return row && toVersion(row)
    },

    async current(projectId: ProjectId): Promise<StoredVersion | undefined> {
      const [row] = await transaction<Row[]>`
        select ${columns} from everjust.projects p join everjust.versions v on v.id = p.current_version_id
        where p.id = ${projectId}`
      return row && toVersion(row)
    },

    /** The newest version that passed every check; the one to go back to. */
    async lastGreen(projectId: ProjectId): Promise<StoredVersion | undefined> {
      const [row] = await transaction<Row[]>`
        select ${columns} from everjust.versions v
        where v.project_id = ${projectId} and v.green
        order by v.number desc
        limit 1`
      return row && toVersion(row)
    },

    /** The last version that a run made, up to this one. */
    async lastGenerated(projectId: ProjectId, upTo: VersionId): Promise<VersionId | undefined> {
      const [row] = await transaction<{ id: VersionId }[]>`
        select v.id from everjust.versions v join everjust.versions last on last.id = ${upTo}
        where v.project_id = ${projectId} and v.source = 'generation' and v.number <= last.number
        order by v.number desc
        limit 1`
      return row?.id
    },

    /** Which of these blobs the project has stored and verified, and their sizes. */
    async knownBlobs(projectId: ProjectId, digests: readonly string[]): Promise<Map<string, number>> {
      const rows = await transaction<{ sha256: string; size: string }[]>`
        select b.sha256, b.size
        from jsonb_array_elements_text(${transaction.json(digests as never)}) as asked (sha256)
        join everjust.blobs b on b.project_id = ${projectId} and b.sha256 = asked.sha256`
      return new Map(rows.map(({ sha256, size }) => [sha256, Number(size)]))
    },

    /**
     * Adds a version with the next number and makes it current, if its parent still is: the project's row is what two
     * savers wait for. A run must be the current attempt of a running generation.
     */
    async add({ id, projectId, principal, files, checked, ...given }: NewRow): Promise<StoredVersion | 'outdated'> {
      const who = signatureOf(principal)
      const { green = null, picture = null } = checked ?? {}
      const { mostBytes = null } = given
      const blobs = blobsOf({ files, checked })
      const [row] = await transaction<Row[]>`
        with room as materialized (${roomOf(projectId, blobs)}),
        moved as (
          update everjust.projects set current_version_id = ${id}, updated_at = now()
          from room
          where id = ${projectId} and current_version_id is not distinct from ${given.parentId} and deleted_at is null
            and (${mostBytes}::bigint is null or room.more = 0 or room.used + room.more <= ${mostBytes}::bigint)
          returning id),
        kept as (
          insert into everjust.blobs (project_id, sha256, size)
          select moved.id, b.sha256, b.size
          from moved, jsonb_to_recordset(${transaction.json(blobs as never)}) as b (sha256 text, size bigint)
          on conflict do nothing)
        insert into everjust.versions as v (id, project_id, number, source, message, parent_id, restored_from,
          generation_id, created_by, manifest_sha256, file_count, total_bytes, green, picture_sha256)
        select ${id}, moved.id,
          (select coalesce(max(number), 0) + 1 from everjust.versions where project_id = ${projectId}),
          ${given.source}, ${given.message}, ${given.parentId}, ${given.restoredFrom}, ${who.generationId},
          ${who.userId}, ${given.manifestSha256}, ${files.length}::int,
          ${files.reduce((sum, { size }) => sum + size, 0)}::bigint,
          ${green}::boolean, ${picture}
        from moved
        returning ${columns}`
      return row ? toVersion(row) : 'outdated'
    },

    /** What a project stores, and what this version would add to it. */
    async room(projectId: ProjectId, row: Pick<NewRow, 'files' | 'checked'>): Promise<{ used: number; more: number }> {
      const [found] = await transaction<{ used: string; more: string }[]>`${roomOf(projectId, blobsOf(row))}`
      return { used: Number(found?.used ?? 0), more: Number(found?.more ?? 0) }
    },

    /** The current version if it is the very one that this saver asks for: an answer got lost, and it asks again. */
    async savedBefore(
      projectId: ProjectId,
      given: Pick<NewRow, 'parentId' | 'principal' | 'manifestSha256'>,
    ): Promise<StoredVersion | undefined> {
      const who = signatureOf(given.principal)
      const [row] = await transaction<Row[]>`
        select ${columns} from everjust.projects p join everjust.versions v on v.id = p.current_version_id
        where p.id = ${projectId} and v.parent_id is not distinct from ${given.parentId}
          and v.restored_from is null and v.manifest_sha256 = ${given.manifestSha256}
          and v.generation_id is not distinct from ${who.generationId}
          and v.created_by is not distinct from ${who.userId}`
      return row && toVersion(row)
    },
  }
}

interface Blob {
  sha256: string
  size: number
}

/** The contents of a version and its picture, each once. */
function blobsOf({ files, checked }: Pick<NewRow, 'files' | 'checked'>): Blob[] {
  const { picture, pictureSize } = checked ?? {}
  const stored = [...files, ...(picture && pictureSize ? [{ sha256: picture, size: pictureSize }] : [])]
  return [...new Map(stored.map(({ sha256, size }) => [sha256, { sha256, size }])).values()]
}

function signatureOf(principal: Principal): { userId: string | null; generationId: GenerationId | null } {
  return principal.kind === 'user'
    ? { userId: principal.userId, generationId: null }
    : { userId: null, generationId: principal.generationId }
}

const toVersion = (row: Row): StoredVersion => ({
  ...row,
  totalBytes: Number(row.totalBytes),
  createdAt: row.createdAt.toISOString(),
})
