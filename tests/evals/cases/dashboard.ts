import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const dashboard: Eval = {
  name: 'dashboard',
  prompt: 'a sales dashboard with charts',
  checks: [
    {
      that: 'it shows figures and a chart',
      do: [{ see: { css: 'h1' } }, { count: { css: 'svg, canvas' }, atLeast: 1 }, { see: /\d[\d,. ]*\d/ }],
    },
    {
      that: 'the period can be changed',
      do: [
        { press: { button: /\d+ ?(?:days?|weeks?|months?|d\b)|week|month|year/i } },
        { see: { css: 'svg, canvas' } },
      ],
    },
  ],
  followUps: [darkMode],
}
