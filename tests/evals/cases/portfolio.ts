import { coloured } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const portfolio: Eval = {
  name: 'portfolio',
  prompt: 'a portfolio of a photographer with a gallery',
  scriptedPage: true,
  checks: [
    {
      that: 'there is a gallery',
      do: [{ see: { css: 'h1' } }, { count: { css: 'img, svg, figure, [role=img]' }, atLeast: 3 }],
    },
    { that: 'one can get in touch', do: [{ see: /contact|get in touch|e-?mail/i }] },
  ],
  followUps: [coloured('orange')],
}
