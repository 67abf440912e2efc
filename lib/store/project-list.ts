import type { OrganizationId } from '../contract/ids.ts'
import { formatKeyset, type Keyset } from '../contract/keyset.ts'
import type { Page } from '../contract/page.ts'
import type { ProjectQuery, ProjectSort } from '../contract/project.ts'
import { projectColumns, toProject, type ProjectRow, type StoredProject } from './project-row.ts'
import type { Transaction } from './sql.ts'

export interface Listing extends Omit<ProjectQuery, 'organizationId' | 'after'> {
  organizationId: OrganizationId
  after: Keyset<ProjectSort> | undefined
}

/** The projects of an organization that fit. Keys keep microseconds: a Date would skip rows of one millisecond. */
export async function listProjects(transaction: Transaction, listing: Listing): Promise<Page<StoredProject>> {
  const { organizationId, after, limit, sort, folder, favourites, archived } = listing
  const { key, before, order } = ways(transaction, after)[sort]
  const beyond = after ? transaction`and ${before}` : transaction``
  const rows = await transaction<(ProjectRow & { key: string })[]>`
    select ${projectColumns(transaction)}, (${key})::text as key
    from everjust.projects p
    where p.organization_id = ${organizationId} and p.deleted_at is null
      and (p.archived_at is not null) = ${archived}::boolean
      ${folder ? transaction`and p.folder_id = ${folder}` : transaction``}
      ${favourites ? marked(transaction) : transaction``}
      ${listing.q ? speaksOf(transaction, listing.q) : transaction``}
      ${beyond}
    order by ${order}
    limit ${limit + 1}`
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ key: _, ...row }) => toProject(row)),
    next: last ? formatKeyset({ sort, key: last.key, id: last.id }) : null,
  }
}

/** By each way of sorting: what it goes by as text, what comes after a place, and in which order. */
function ways(t: Transaction, after: Keyset<ProjectSort> | undefined) {
  const { key = '', id = '' } = after ?? {}
  const at = t`'epoch'::timestamptz + ${key === '' ? '0' : key}::bigint * interval '1 microsecond'`
  return {
    changed: {
      key: t`(extract(epoch from p.updated_at) * 1000000)::bigint`,
      before: t`(p.updated_at, p.id) < (${at}, ${id})`,
      order: t`p.updated_at desc, p.id desc`,
    },
    created: {
      key: t`(extract(epoch from p.created_at) * 1000000)::bigint`,
      before: t`(p.created_at, p.id) < (${at}, ${id})`,
      order: t`p.created_at desc, p.id desc`,
    },
    name: {
      key: t`everjust.folded(p.name)`,
      before: t`(everjust.folded(p.name), p.id) > (${key}::text, ${id})`,
      order: t`everjust.folded(p.name), p.id`,
    },
  }
}

const marked = (t: Transaction) => t`and exists (select from everjust.favourites f
  where f.project_id = p.id and f.user_id = (select nullif(current_setting('everjust.user', true), '')))`

/**
 * Every word stands somewhere in the name or in the first request; of very many words some count. `offset 0` has the text
 * put together once for each project, and not once for each word.
 */
const speaksOf = (t: Transaction, q: string) => t`and exists (
  select from (select everjust.folded(p.name || ' ' || coalesce((
    select g.prompt from everjust.generations g where g.project_id = p.id order by g.created_at, g.id limit 1), '')) as text
    offset 0) as said
  where not exists (
    select from unnest(array(
      select distinct word from unnest(regexp_split_to_array(everjust.folded(${q}), '\\s+')) as word
      order by word limit ${mostWords})) as word
    where position(word in said.text) = 0))`
const mostWords = 8
