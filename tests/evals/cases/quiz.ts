import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const quiz: Eval = {
  name: 'quiz',
  prompt: 'a quiz about the world, one question at a time, with a score at the end',
  checks: [
    { that: 'it asks something', do: [{ see: { css: 'h1' } }, { see: /\?/ }] },
    {
      that: 'after the last answer there is a score',
      do: [
        {
          until: /your score|you (?:got|scored)/i,
          do: [
            {
              press: {
                css: '[role=group] button:enabled, [role=radiogroup] *:enabled, main ul button, main li button',
              },
            },
            { press: { button: /next|continue|submit|finish|see/i } },
          ],
          atMost: 25,
        },
      ],
    },
    {
      that: 'one can play again',
      do: [{ until: /\?/, do: [{ press: { button: /again|restart|retry/i } }], atMost: 2 }],
    },
  ],
  followUps: [darkMode],
}
