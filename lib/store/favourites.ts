import type { ProjectId, UserId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

/** Projects that a person marked; nobody else knows. */
export function favouriteStore(transaction: Transaction) {
  return {
    async add(userId: UserId, projectId: ProjectId): Promise<void> {
      await transaction`
        insert into everjust.favourites (user_id, project_id) values (${userId}, ${projectId}) on conflict do nothing`
    },

    async remove(userId: UserId, projectId: ProjectId): Promise<void> {
      await transaction`delete from everjust.favourites where user_id = ${userId} and project_id = ${projectId}`
    },
  }
}
