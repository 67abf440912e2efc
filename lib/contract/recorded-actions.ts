import type { Visibility } from './project.ts'
import type { Role, Tier } from './user.ts'

/** What the audit log says was done. What was denied stands there as the action that was asked for. */
export const recordedActions = [
  'project.create',
  'project.update',
  'project.visibility',
  'project.model',
  'project.limits',
  'project.archive',
  'project.unarchive',
  'project.remix',
  'project.move',
  'project.arrive',
  'project.delete',
  'project.undelete',
  'project.clear',
  'generation.start',
  'generation.retry',
  'generation.cancel',
  'queue.add',
  'queue.change',
  'queue.remove',
  'queue.order',
  'queue.resume',
  'prompt.improve',
  'model.call',
  'version.name',
  'version.restore',
  'file.lock',
  'file.unlock',
  'secret.set',
  'secret.remove',
  'share.make',
  'share.revoke',
  'guest.invite',
  'guest.role',
  'guest.revoke',
  'guest.remove',
  'guest.leave',
  'sandbox.start',
  'sandbox.stop',
  'sandbox.restart',
  'sandbox.remake',
  'sandbox.settings',
  'engine.change',
  'own_model.set',
  'own_model.remove',
  'caps.change',
  'member.role',
  'member.caps',
  'member.remove',
  'member.leave',
  'invitation.make',
  'invitation.accept',
  'invitation.revoke',
  'organization.make',
  'organization.update',
  'organization.transfer',
  'organization.delete',
  'key.make',
  'key.rotate',
  'key.revoke',
  'sign-in.change',
  'sign-in.company',
  'session.end',
  'billing.checkout',
  'billing.portal',
  'billing.seats',
  'billing.top-up',
  'billing.beyond',
  'billing.beyond.end',
  'plan',
  'account.export',
  'account.delete',
  'audit.export',
  'operator.organization.suspend',
  'operator.organization.readmit',
  'operator.person.suspend',
  'operator.person.readmit',
  'operator.grant.set',
  'operator.grant.remove',
  'operator.run.stop',
  'operator.flag.share',
  'operator.flag.except',
  'operator.flag.unexcept',
  'operator.announcement.add',
  'operator.announcement.end',
] as const
type Listed = (typeof recordedActions)[number]

/** What ends with what it came to: a role, a tier, a visibility, a model. */
interface Ends {
  'guest.role': Role
  'member.role': Role
  'invitation.accept': Role
  'project.visibility': Visibility
  /** Its id, or `usual`. */
  'project.model': string
  plan: Tier
}

export type RecordedAction = Exclude<Listed, keyof Ends> | { [Base in keyof Ends]: `${Base}.${Ends[Base]}` }[keyof Ends]
