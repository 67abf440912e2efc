import type { Version } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { Filter } from './comparison.svelte.ts'

export const filterNames: Record<Filter, () => string> = {
  all: m.versions_filter_all,
  green: m.versions_filter_green,
  named: m.versions_filter_named,
  edit: m.versions_filter_edit,
}

export const nothingFits: Record<Filter, () => string> = {
  all: m.versions_none,
  green: m.versions_none_green,
  named: m.versions_none_named,
  edit: m.versions_none_edit,
}

const sources: Record<Version['source'], () => string> = {
  generation: m.versions_built,
  edit: m.versions_edited,
  restore: m.versions_restored_source,
  import: m.versions_imported,
}

/** Who made it and how: `Ada Lovelace · built`. */
export function madeBy({ author, source }: Version): string {
  const how = sources[source]()
  return author?.name ? `${author.name} · ${how}` : how
}
