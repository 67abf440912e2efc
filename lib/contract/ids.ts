import * as z from 'zod/mini'
import { idLength, prefixes, type Id, type Kind } from './new-id.ts'

/** Ids are made in a file of its own, free of zod: what makes one need not parse any. */
export { newId } from './new-id.ts'

export type UserId = Id<'user'>
export type OrganizationId = Id<'organization'>
export type ProjectId = Id<'project'>
export type GenerationId = Id<'generation'>
export type VersionId = Id<'version'>
export type JobId = Id<'job'>
export type CallId = Id<'call'>
export type MessageId = Id<'message'>
export type ImageId = Id<'image'>
export type ImprovementId = Id<'improvement'>
export type FolderId = Id<'folder'>
export type ShareId = Id<'share'>
export type NoticeId = Id<'notice'>
export type ReceiptId = Id<'receipt'>
export type ExportId = Id<'export'>
export type ApiKeyId = Id<'apiKey'>
export type InvitationId = Id<'invitation'>
export type SessionId = Id<'session'>
export type IdentityId = Id<'identity'>
export type AnnouncementId = Id<'announcement'>

export const UserId = idOf('user')
export const OrganizationId = idOf('organization')
export const ProjectId = idOf('project')
export const GenerationId = idOf('generation')
export const VersionId = idOf('version')
export const JobId = idOf('job')
export const CallId = idOf('call')
export const MessageId = idOf('message')
export const ImageId = idOf('image')
export const ImprovementId = idOf('improvement')
export const FolderId = idOf('folder')
export const ShareId = idOf('share')
export const NoticeId = idOf('notice')
export const ReceiptId = idOf('receipt')
export const ExportId = idOf('export')
export const ApiKeyId = idOf('apiKey')
export const InvitationId = idOf('invitation')
export const SessionId = idOf('session')
export const IdentityId = idOf('identity')
export const AnnouncementId = idOf('announcement')

function idOf<K extends Kind>(kind: K): z.ZodMiniType<Id<K>, string> {
  return z
    .string()
    .check(z.regex(new RegExp(`^${prefixes[kind]}_[0-9a-z]{${idLength}}$`)))
    .register(z.globalRegistry, { example: `${prefixes[kind]}_0123456789abcdefghjk` }) as unknown as z.ZodMiniType<
    Id<K>,
    string
  >
}
