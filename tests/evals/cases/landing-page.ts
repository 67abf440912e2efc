import { coloured } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const landingPage: Eval = {
  name: 'landing-page',
  prompt: 'a landing page for a tea house',
  checks: [
    { that: 'it says what it is about', do: [{ see: { css: 'h1' } }, { see: /tea house/i }] },
    {
      that: 'one can sign up',
      do: [
        { fill: { css: 'input[type=email], input[name*=email i]' }, with: 'ada@example.com' },
        { press: { button: /sign up|join|notify|subscribe|get|keep|send|tell/i } },
        { see: /thank|welcome|on the list|ada@example\.com|got it/i },
      ],
    },
  ],
  followUps: [coloured('green')],
}
