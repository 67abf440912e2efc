import type { Scenario } from '../../scenario.ts'

export const kanban: Scenario = {
  name: 'kanban',
  template: 'react',
  asks: /\bkanban\b|\btrello\b|\b(?:task|project|scrum|sprint|story) board\b|\bboard with columns\b|\bswim ?lanes?\b/i,
  title: 'Kanban board',
  item: 'card',
  takesItem: true,
  opening: 'A board is columns, cards and moving between them. I’ll look at the project first.',
  steps: [
    {
      say: 'I’ll set up the data model first: cards in order, each in a column, and one function that moves them.',
      write: ['src/types.ts', 'src/lib/board.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the form, the columns and the cards. Moving works by dragging and by keyboard alike.',
      write: ['src/components/AddCard.tsx', 'src/components/Column.tsx', 'src/components/CardView.tsx'],
    },
    { say: 'The theme and the board itself.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Drag a {{item}} to another column or to another place in its own
- By keyboard: focus a {{item}}, then the arrow keys move it; each move is announced to screen readers
- Search narrows the board while you type; what you change stays after a reload

Try it: add a {{item}}, press Tab until it has the focus, then the right arrow twice.`,
}
