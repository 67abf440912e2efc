import type { Scenario } from '../../scenario.ts'

export const poll: Scenario = {
  name: 'poll',
  template: 'react',
  asks: /\bpolls?\b|\bvoting\b|\bvote\b/i,
  title: 'Poll',
  item: 'answer',
  accent: 'magenta',
  opening: 'A poll is one question, some answers, and honest bars. I’ll look at the project first.',
  steps: [
    {
      say: 'First what an answer is, and how votes become shares.',
      write: ['src/types.ts', 'src/lib/votes.ts', 'src/lib/use-stored.ts'],
    },
    { say: 'Now the bars and the form.', write: ['src/components/AnswerBar.tsx', 'src/components/AddAnswer.tsx'] },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Press an answer to vote; press another to change your mind
- Bars and shares follow at once, and anyone may add an answer
- The question can be changed where it stands; your vote is kept

Try it: vote, add an answer, and vote for that.`,
}
