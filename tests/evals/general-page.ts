import type { Check } from './vocabulary.ts'

/** What works on the general page of the scripted model, which it builds when it has no script for a wish. */
export const generalPage: readonly Check[] = [
  { that: 'it says that it is a page about the wish', do: [{ see: { css: 'h1' } }] },
  {
    that: 'a thought can be added and stays after a reload',
    do: [
      { fill: { box: /idea|thought|note/i }, with: 'Begin small', enter: true },
      { see: 'Begin small' },
      { reload: true },
      { see: 'Begin small' },
    ],
  },
]
