import type { ProjectSort, Template, Visibility } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import type { View } from './shelf-view.ts'

export const templateNames: Record<Template, () => string> = {
  react: m.home_template_react,
  static: m.home_template_static,
}

export const visibilityNames: Record<Visibility, () => string> = {
  private: m.home_private,
  public: m.home_public,
}

/** What it means, where somebody chooses it. */
export const visibilityMeanings: Record<Visibility, () => string> = {
  private: m.home_private_means,
  public: m.home_public_means,
}

export const sortNames: Record<ProjectSort, () => string> = {
  changed: m.home_sort_changed,
  created: m.home_sort_created,
  name: m.home_sort_name,
}

/** What stands where there is nothing. */
export function nothingHere(view: View, q: string): string {
  if (q.trim()) return m.home_nothing_found({ words: q.trim() })
  return emptyWords[view.kind]()
}

const emptyWords: Record<View['kind'], () => string> = {
  all: m.home_empty,
  favourites: m.home_empty_favourites,
  folder: m.home_empty_folder,
  archived: m.home_empty_archived,
  deleted: m.home_empty_deleted,
}
