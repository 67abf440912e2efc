import { renamed } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const survey: Eval = {
  name: 'survey',
  prompt: 'a survey form about a conference, with a thank-you at the end',
  scriptedPage: true,
  checks: [
    { that: 'it asks something', do: [{ count: { css: 'input, textarea, select, [role=radio]' }, atLeast: 2 }] },
    { that: 'it can be sent', do: [{ see: { button: /submit|send|finish|next/i } }] },
  ],
  followUps: [renamed('How was it')],
}
