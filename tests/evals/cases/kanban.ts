import { renamed } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

const done = { css: 'section:has(:is(h2, h3):text-is("Done")), [aria-label="Done"]' }

export const kanban: Eval = {
  name: 'kanban',
  prompt: 'a kanban board for a small team',
  checks: [
    {
      that: 'there are three columns or more',
      do: [{ count: { heading: /to ?do|backlog|doing|progress|review|done/i }, atLeast: 3 }],
    },
    {
      that: 'a card can be added',
      do: [{ fill: { box: /card|task/i }, with: 'Ship it', enter: true }, { see: 'Ship it' }],
    },
    {
      that: 'a card moves to another column by mouse, and stays there',
      do: [
        { drag: { row: /Ship it/ }, to: { heading: /^done/i } },
        { see: 'Ship it', in: done },
        { reload: true },
        { see: 'Ship it', in: done },
      ],
    },
  ],
  followUps: [renamed('Launch board')],
}
