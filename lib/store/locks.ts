import { mostLocks, type FileLock } from '../contract/code.ts'
import type { ProjectId, UserId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

interface Row {
  path: string
  createdAt: Date
}

/** Files that no run may change. */
export function lockStore(transaction: Transaction) {
  const columns = transaction`path, created_at as "createdAt"`

  return {
    async list(projectId: ProjectId): Promise<FileLock[]> {
      const rows = await transaction<Row[]>`
        select ${columns} from everjust.file_locks where project_id = ${projectId} order by path`
      return rows.map(toLock)
    },

    /** Locks it, or leaves it locked; undefined when the project has as many locks as it may. */
    async add(projectId: ProjectId, path: string, lockedBy: UserId): Promise<FileLock | undefined> {
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'locks', projectId),
        transaction<Row[]>`
        with added as (
          insert into everjust.file_locks (project_id, path, locked_by)
          select ${projectId}, ${path}, ${lockedBy}
          where (select count(*) from everjust.file_locks where project_id = ${projectId}) < ${mostLocks}
          on conflict do nothing
          returning ${columns})
        select * from added
        union all select ${columns} from everjust.file_locks where project_id = ${projectId} and path = ${path}`,
      ])
      return row && toLock(row)
    },

    async remove(projectId: ProjectId, path: string): Promise<boolean> {
      const rows = await transaction`
        delete from everjust.file_locks where project_id = ${projectId} and path = ${path} returning path`
      return rows.length > 0
    },
  }
}

const toLock = ({ path, createdAt }: Row): FileLock => ({ path, createdAt: createdAt.toISOString() })
