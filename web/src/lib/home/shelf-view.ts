import { paths, type FolderId, type Project, type ProjectSort } from '#lib/contract.ts'
import { ofChosen } from '#lib/teams/chosen.ts'

/** Which of the projects one looks at. */
export type View = { kind: 'all' | 'favourites' | 'archived' | 'deleted' } | { kind: 'folder'; id: FolderId }

/** What is asked of them. */
export interface Wish {
  view: View
  sort: ProjectSort
  q: string
}

export const sorts = ['changed', 'created', 'name'] as const satisfies ProjectSort[]
export const layouts = ['grid', 'list'] as const
export type Layout = (typeof layouts)[number]

const pageSize = 24

/** Where the API lists them; `after` is where the page before ended. */
export function addressOf({ view, sort, q }: Wish, after: string | null): string {
  const query = new URLSearchParams({ limit: String(pageSize), sort })
  if (q.trim()) query.set('q', q.trim())
  if (view.kind === 'folder') query.set('folder', view.id)
  if (view.kind === 'favourites') query.set('favourites', 'true')
  if (view.kind === 'archived') query.set('archived', 'true')
  if (after) query.set('after', after)
  return ofChosen(`${paths.projects()}?${String(query)}`)
}

/** Whether a project that changed still belongs to what is looked at. */
export function fits(view: View, { archivedAt, favourite, folderId }: Project): boolean {
  if ((archivedAt !== null) !== (view.kind === 'archived')) return false
  if (view.kind === 'favourites') return favourite
  return view.kind !== 'folder' || folderId === view.id
}

export const sameView = (one: View, other: View): boolean =>
  one.kind === 'folder' ? other.kind === 'folder' && one.id === other.id : one.kind === other.kind
