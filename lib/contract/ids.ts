import * as z from 'zod'

/** Every kind of thing that has an id, and the prefix its ids carry. */
export const prefixes = {
  user: 'usr',
  organization: 'org',
  project: 'prj',
  generation: 'gen',
  version: 'ver',
  job: 'job',
  call: 'call',
  ledgerEntry: 'led',
  apiKey: 'key',
} as const

export type Kind = keyof typeof prefixes
export type Id<K extends Kind> = `${(typeof prefixes)[K]}_${string}`

export type UserId = Id<'user'>
export type OrganizationId = Id<'organization'>
export type ProjectId = Id<'project'>
export type GenerationId = Id<'generation'>
export type VersionId = Id<'version'>
export type JobId = Id<'job'>
export type CallId = Id<'call'>

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 20

export const UserId = idOf('user')
export const OrganizationId = idOf('organization')
export const ProjectId = idOf('project')
export const GenerationId = idOf('generation')
export const VersionId = idOf('version')
export const JobId = idOf('job')
export const CallId = idOf('call')

/** A new id with 100 bits of the platform's secure randomness. */
export function newId<K extends Kind>(kind: K): Id<K> {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return `${prefixes[kind]}_${Array.from(bytes, (byte) => alphabet[byte % 32]).join('')}`
}

function idOf<K extends Kind>(kind: K): z.ZodType<Id<K>, string> {
  return z
    .string()
    .regex(new RegExp(`^${prefixes[kind]}_[0-9a-z]{${length}}$`))
    .meta({ example: `${prefixes[kind]}_0123456789abcdefghjk` }) as unknown as z.ZodType<Id<K>, string>
}
