import type { Row } from './row.ts'
import type { Who } from './who.ts'

/** What the row says: signed out, hidden, refused, or let in. */
export function verdict(row: Row, who: Who, visibility: 'private' | 'public'): 401 | 403 | 404 | 'let in' {
  const { least, run, fresh, themselves, billing: bills } = row
  if (least === 'nobody') return 'let in'
  if (who === 'anonymous') return 401
  if (least === 'operator') return who === 'operator' ? 'let in' : 404
  if (who === 'run') return run || least === 'run' ? 'let in' : 404
  if (who === 'run of another project' || least === 'run') return 404
  if ((fresh || themselves) && who === 'key of the editor') return 403
  if (least === 'person') return 'let in'
  if (who.startsWith('guest') && !isOfProject(row)) return 404
  if ((who === 'stranger' || who === 'operator') && visibility === 'private') return 404
  if (bills && who === 'billing') return 'let in'
  const role = roleOf[who]
  return rank[role] >= rank[least] ? 'let in' : 403
}

/** Whether it is about one project, and not about the team. */
export const isOfProject = ({ path }: Row) =>
  path({ project: 'prj_x', version: 'ver_x', generation: 'gen_x' }).includes('prj_x')

const rank = { viewer: 0, billing: 0, editor: 1, admin: 2, owner: 3 } as const

const roleOf = {
  owner: 'owner',
  editor: 'editor',
  'key of the editor': 'editor',
  viewer: 'viewer',
  billing: 'billing',
  'guest who edits': 'editor',
  'guest who looks': 'viewer',
  stranger: 'viewer',
  operator: 'viewer',
} as const
