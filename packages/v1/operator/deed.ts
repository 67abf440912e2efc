import type { OrganizationId } from '../../../lib/contract/ids.ts'
import { personOf, type Principal } from '../../../lib/domain/access.ts'
import type { OperatorDesk } from '../../../lib/context.ts'
import type { OperatorDeed } from '../../../lib/entry/operator-operation.ts'

interface Deed {
  given: { principal: Principal; requestId: string; deed: OperatorDeed }
  organizationId: OrganizationId
  subject: string
  detail?: Readonly<Record<string, string | null>>
}

/** Everything an operator does stands in the log of whom it concerns, with the reason. */
export const writeDown = ({ audit }: OperatorDesk, { given, organizationId, subject, detail }: Deed) =>
  audit.record({
    organizationId,
    principal: given.principal,
    action: `operator.${given.deed}`,
    subject,
    requestId: given.requestId,
    ...(detail ? { detail } : {}),
  })

/** What concerns everybody stands in the log of the operator's personal organization. */
export async function writeOwnDown(desk: OperatorDesk, deed: Omit<Deed, 'organizationId'>): Promise<void> {
  const organizationId = await desk.roster.ownOf(personOf(deed.given.principal))
  if (!organizationId) throw new Error('an operator without an organization')
  await writeDown(desk, { ...deed, organizationId })
}
