import { m } from '#lib/messages.ts'
import type { StyleName } from '#lib/contract.ts'
import type { Refusal } from './direct-change.ts'

/** Why a change cannot be made safely. */
export const refusalWords: Record<Refusal, () => string> = {
  language: m.preview_edit_no_language,
  place: m.preview_edit_no_place,
  text: m.preview_edit_no_text,
  words: m.preview_edit_no_words,
  empty: m.preview_edit_no_empty,
  style: m.preview_edit_no_style,
  value: m.preview_edit_no_value,
  auto: m.preview_edit_no_auto,
}

export const styleWords: Record<StyleName, () => string> = {
  color: m.preview_edit_color,
  'background-color': m.preview_edit_background,
  'font-size': m.preview_edit_size,
  'font-weight': m.preview_edit_weight,
  'text-align': m.preview_edit_align,
  padding: m.preview_edit_padding,
  margin: m.preview_edit_margin,
  'border-radius': m.preview_edit_radius,
}

export const choices: Partial<Record<StyleName, readonly { value: string; word: () => string }[]>> = {
  'font-weight': [300, 400, 500, 600, 700, 800].map((weight) => ({ value: `${weight}`, word: () => `${weight}` })),
  'text-align': [
    { value: 'start', word: m.preview_edit_start },
    { value: 'center', word: m.preview_edit_center },
    { value: 'end', word: m.preview_edit_end },
    { value: 'justify', word: m.preview_edit_justify },
  ],
}

/** What the version is called. It is kept with the version as it was said. */
export const messageOf = (changes: readonly { tag: string }[]): string =>
  m.preview_edit_message({ tags: [...new Set(changes.map(({ tag }) => tag))].slice(0, 5).join(', ') })
