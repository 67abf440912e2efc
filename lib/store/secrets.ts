import type { ProjectId, UserId } from '../contract/ids.ts'
import { mostSecrets, type ProjectSecret } from '../contract/secret.ts'
import type { Transaction } from './sql.ts'
import { takeTurn } from './turns.ts'

interface Row {
  name: string
  createdAt: Date
  updatedAt: Date
}

interface Sealed {
  projectId: ProjectId
  name: string
  sealed: string
  createdBy: UserId
}

/** The secrets of projects by their names; no request reads a value, and the database would not let it. */
export function secretStore(transaction: Transaction) {
  const columns = transaction`name, created_at as "createdAt", updated_at as "updatedAt"`

  return {
    async list(projectId: ProjectId): Promise<ProjectSecret[]> {
      const rows = await transaction<Row[]>`
        select ${columns} from everjust.project_secrets where project_id = ${projectId} order by name`
      return rows.map(toSecret)
    },

    /** Adds it or takes the new value; undefined when the project has as many as it may. */
    async set({ projectId, name, sealed, createdBy }: Sealed): Promise<ProjectSecret | undefined> {
      const [, [row]] = await Promise.all([
        takeTurn(transaction, 'secrets', projectId),
        transaction<Row[]>`
        insert into everjust.project_secrets (project_id, name, sealed, created_by)
        select ${projectId}, ${name}, ${sealed}, ${createdBy}
        where (select count(*) from everjust.project_secrets
          where project_id = ${projectId} and name <> ${name}) < ${mostSecrets}
        on conflict (project_id, name) do update set sealed = ${sealed}, updated_at = now()
        returning ${columns}`,
      ])
      return row && toSecret(row)
    },

    async remove(projectId: ProjectId, name: string): Promise<boolean> {
      const rows = await transaction`
        delete from everjust.project_secrets where project_id = ${projectId} and name = ${name} returning name`
      return rows.length > 0
    },
  }
}

const toSecret = ({ name, createdAt, updatedAt }: Row): ProjectSecret => ({
  name,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})
