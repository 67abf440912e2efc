import type { OrganizationId } from '../contract/ids.ts'
import { graceUntil } from '../domain/billing.ts'
import type { WorkerStores } from '../store/worker-stores.ts'

interface Telling {
  organizationId: OrganizationId
  name: string
  kind: 'paymentFailed' | 'paymentReminder' | 'paymentMended' | 'planEnded'
  /** Since when a payment was owed; null where none was. */
  unpaidSince: Date | null
}

/** Tells everybody who looks after an organization's money, once for each time that it owed. */
export async function tellPayers({ billing, notices }: WorkerStores, telling: Telling): Promise<void> {
  const { organizationId, name: organization, kind, unpaidSince } = telling
  const since = unpaidSince?.toISOString() ?? new Date().toISOString().slice(0, 10)
  const until = unpaidSince ? graceUntil(unpaidSince).toISOString() : ''
  const words = { organization, until, path: `/organizations/${organizationId}/billing` }
  for (const to of await billing.payers(organizationId)) {
    await notices.send({ to, kind, words, key: `${kind}:${organizationId}:${since}:${to}` })
  }
}
