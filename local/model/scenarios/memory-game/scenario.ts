import type { Scenario } from '../../scenario.ts'

export const memoryGame: Scenario = {
  name: 'memory-game',
  template: 'react',
  asks: /\bmemory (?:card |matching )?(?:game|cards)\b|\bmatching (?:game|pairs|cards)\b|\bconcentration game\b/i,
  title: 'Memory game',
  item: 'card',
  accent: 'indigo',
  opening: 'Sixteen cards, eight pairs, and a turn that takes two. I’ll look at the project first.',
  steps: [
    {
      say: 'First the rules: how cards are dealt, and what turning one does.',
      write: ['src/types.ts', 'src/lib/game.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the cards, with faces drawn as shapes.',
      write: ['src/components/Face.tsx', 'src/components/Table.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Turn two cards; a pair stays, others turn back with your next turn
- Moves are counted, and the fewest are kept
- Every card is a button that says what it shows, so it plays by keyboard and by ear

Try it: turn a card, remember it, and find the other one.`,
}
