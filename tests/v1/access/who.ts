import type { Caller } from '../../world.ts'
import { billing, editor, guests, key, operator, owner, stranger, viewer, world } from './cast.ts'
import { openPlace, type Place } from './place.ts'

/** Everybody of the cast, signed out, and the runners of two projects. */
export type Who =
  | 'anonymous'
  | 'operator'
  | 'owner'
  | 'editor'
  | 'key of the editor'
  | 'viewer'
  | 'billing'
  | 'guest who edits'
  | 'guest who looks'
  | 'stranger'
  | 'run'
  | 'run of another project'

export const everybody: Who[] = [
  'anonymous',
  'operator',
  'owner',
  'editor',
  'key of the editor',
  'viewer',
  'billing',
  'guest who edits',
  'guest who looks',
  'stranger',
  'run',
  'run of another project',
]

const elsewhere = await openPlace('private')

export async function callerFor(who: Who, { project, generation }: Place): Promise<Caller> {
  if (who === 'run') return world.asRun({ projectId: project, generationId: generation, attempt: 1 })
  if (who !== 'run of another project') return people[who]
  return world.asRun({ projectId: elsewhere.project, generationId: elsewhere.generation, attempt: 1 })
}

const people = {
  anonymous: world.anonymous,
  operator,
  owner,
  editor,
  'key of the editor': key,
  viewer,
  billing,
  'guest who edits': guests.editor,
  'guest who looks': guests.viewer,
  stranger,
}
