import { field } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const notes: Eval = {
  name: 'notes',
  prompt: 'a notes app with search',
  checks: [
    {
      that: 'a note can be written',
      do: [
        { fill: { box: /new note|title/i }, with: 'Shopping', enter: true },
        { fill: { box: /^(?:text|content|body|write|note)/i }, with: 'two lemons' },
        { see: 'Shopping' },
      ],
    },
    {
      that: 'it is there after a reload',
      do: [{ reload: true }, { press: 'Shopping' }, { holds: 'two lemons', in: { css: 'textarea' } }],
    },
    {
      that: 'search finds it, and finds nothing for another word',
      do: [
        { fill: { box: /search/i }, with: 'lemons' },
        { see: { row: /Shopping/ } },
        { fill: { box: /search/i }, with: 'zeppelin' },
        { miss: { row: /Shopping/ } },
        { fill: { box: /search/i }, with: '' },
      ],
    },
  ],
  followUps: [field('tag', 'errands', [{ fill: { box: /new note|title/i }, with: 'Post office', enter: true }])],
}
