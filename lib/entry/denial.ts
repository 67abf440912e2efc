import type { Context } from '../context.ts'
import type { RecordedAction } from '../contract/recorded-actions.ts'
import type { Action, Standing } from '../domain/access.ts'
import { auditStore } from '../store/audit.ts'
import type { Input } from './operation.ts'
import { Problem } from './problem.ts'

interface Deed extends Pick<Input<unknown, unknown, unknown>, 'path' | 'principal' | 'requestId' | 'origin'> {
  action: Action | RecordedAction
  standing: Pick<Standing, 'organizationId'>
}

type Refusing =
  'forbidden' | 'suspended' | 'fresh_sign_in_required' | 'second_factor_required' | 'company_sign_in_required'

/** Somebody who may see a thing asked to do with it what the role, or the way or age of the sign-in, does not allow. */
export class Denied extends Problem {
  readonly deed: Deed

  constructor(code: Refusing, deed: Deed) {
    super(code)
    this.deed = deed
  }
}

/**
 * In a transaction of its own, because that of the request is undone; with the sight of jobs, because who only reads a
 * public project is nobody's member.
 */
export async function recordDenial({ database }: Context, deed: Deed): Promise<void> {
  const { path, principal, action, requestId, origin } = deed
  const { organizationId } = deed.standing
  const subject = Object.values((path ?? {}) as Record<string, string>).join('/') || organizationId
  const entry = {
    organizationId,
    principal,
    action,
    subject: subject.slice(0, 200),
    requestId,
    outcome: 'denied',
  } as const
  await database.asWorker((transaction) => auditStore(transaction).record(entry), origin)
}
