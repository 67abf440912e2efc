import type { OrganizationId } from '../contract/ids.ts'
import type { Transaction } from './sql.ts'

export interface SealedModel {
  sealed: string
  url: string | null
  problem: string | null
}

/** The sealed keys of organizations: for jobs alone, which ask the model with them. */
export function ownModelStore(transaction: Transaction) {
  return {
    async find(organizationId: OrganizationId): Promise<SealedModel | undefined> {
      const [row] = await transaction<SealedModel[]>`
        select sealed, url, problem from everjust.own_models where organization_id = ${organizationId}`
      return row
    },

    /** What was wrong with this key when it was last used; null when it was good. A newer key is left alone. */
    async noteProblem(organizationId: OrganizationId, sealed: string, problem: string | null): Promise<void> {
      await transaction`
        update everjust.own_models set problem = ${problem}
        where organization_id = ${organizationId} and sealed = ${sealed} and problem is distinct from ${problem}`
    },
  }
}
