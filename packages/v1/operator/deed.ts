import type { OrganizationId } from '../../../lib/contract/ids.ts'
import type { RecordedAction } from '../../../lib/contract/recorded-actions.ts'
import { personOf, type Principal } from '../../../lib/domain/access.ts'
import type { OperatorDesk } from '../../../lib/context.ts'

interface Deed {
  given: { principal: Principal; requestId: string }
  organizationId: OrganizationId
  action: RecordedAction extends infer A ? (A extends `operator.${infer Deed}` ? Deed : never) : never
  subject: string
  detail?: Readonly<Record<string, string | null>>
}

/** Everything an operator does stands in the log of whom it concerns, with the reason. */
export const writeDown = ({ audit }: OperatorDesk, { given, organizationId, action, subject, detail }: Deed) =>
  audit.record({
    organizationId,
    principal: given.principal,
    action: `operator.${action}`,
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
