import type { Found } from '#lib/contract.ts'
import { m } from '#lib/messages.ts'
import { kindOf, type Edit } from './draft/draft-shapes.ts'
import { nameOf } from './paths.ts'

/** What a version is called when nobody says. It is kept with the version as it was said. */
export function defaultMessage(edits: readonly Edit[]): string {
  const [first] = edits
  if (!first) return m.code_draft()
  const kinds = new Set(edits.map(kindOf))
  const said = messages[kinds.size === 1 ? kindOf(first) : 'changed']({ name: nameOf(first.path) })
  return edits.length > 1 ? m.code_message_more({ said, count: edits.length - 1 }) : said
}

const messages = {
  new: m.code_message_new,
  changed: m.code_message_changed,
  moved: m.code_message_moved,
  removed: m.code_message_removed,
} as const

export const kindWord = {
  new: () => m.code_kind_new(),
  changed: () => m.code_kind_changed(),
  moved: () => m.code_kind_moved(),
  removed: () => m.code_kind_removed(),
} as const

export function countOf({ files }: Found): string {
  const matches = files.reduce((sum, file) => sum + file.matches.length, 0)
  return m.code_search_count({ matches, files: files.length })
}

export const partialWords = {
  matches: () => m.code_search_partial_matches(),
  bytes: () => m.code_search_partial_bytes(),
  time: () => m.code_search_partial_time(),
} as const

/** A letter and a word for what became of a file. */
export const markSigns = {
  new: { sign: 'A', word: kindWord.new },
  changed: { sign: 'M', word: kindWord.changed },
  moved: { sign: 'R', word: kindWord.moved },
} as const

/** Why something that was brought in stays out. */
export const skipWords = {
  reserved: () => m.code_skip_reserved(),
  path: () => m.code_skip_path(),
  link: () => m.code_skip_link(),
  large: () => m.code_skip_large(),
  many: () => m.code_skip_many(),
  unreadable: () => m.code_skip_unreadable(),
} as const

export const changeWord = {
  added: () => m.code_kind_new(),
  modified: () => m.code_kind_changed(),
  removed: () => m.code_kind_removed(),
} as const
