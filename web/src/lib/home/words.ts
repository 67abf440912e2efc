import type { ProjectIcon, ProjectSort, Template, Visibility } from '#lib/contract.ts'
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

/** What each picture is called by who does not see it. */
export const symbolNames: Record<ProjectIcon['symbol'], () => string> = {
  'app-window': m.home_symbol_app_window,
  'book-open': m.home_symbol_book_open,
  brush: m.home_symbol_brush,
  calendar: m.home_symbol_calendar,
  camera: m.home_symbol_camera,
  'chart-line': m.home_symbol_chart_line,
  'check-check': m.home_symbol_check_check,
  clock: m.home_symbol_clock,
  coffee: m.home_symbol_coffee,
  dumbbell: m.home_symbol_dumbbell,
  flower: m.home_symbol_flower,
  gamepad: m.home_symbol_gamepad,
  globe: m.home_symbol_globe,
  'graduation-cap': m.home_symbol_graduation_cap,
  hammer: m.home_symbol_hammer,
  heart: m.home_symbol_heart,
  house: m.home_symbol_house,
  kanban: m.home_symbol_kanban,
  leaf: m.home_symbol_leaf,
  map: m.home_symbol_map,
  'message-circle': m.home_symbol_message_circle,
  music: m.home_symbol_music,
  newspaper: m.home_symbol_newspaper,
  receipt: m.home_symbol_receipt,
  rocket: m.home_symbol_rocket,
  'shopping-bag': m.home_symbol_shopping_bag,
  store: m.home_symbol_store,
  utensils: m.home_symbol_utensils,
  wallet: m.home_symbol_wallet,
  wrench: m.home_symbol_wrench,
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
