import type { Scenario } from '../../scenario.ts'

export const quiz: Scenario = {
  name: 'quiz',
  template: 'react',
  asks: /\bquiz(?:zes)?\b|\btrivia\b/i,
  title: 'Quiz',
  item: 'question',
  accent: 'purple',
  opening: 'A quiz is a list of questions and one answer at a time. I’ll look at the project first.',
  steps: [
    {
      say: 'First the questions, each with its answer and why.',
      write: ['src/types.ts', 'src/lib/questions.ts', 'src/lib/use-stored.ts'],
    },
    { say: 'Now one question, and the result.', write: ['src/components/Asked.tsx', 'src/components/Result.tsx'] },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Six questions, one at a time; each answer says at once whether it was right, and why
- The score stands at the end, and the best one is kept

Try it: answer by keyboard with Tab and Enter. The questions stand in \`src/lib/questions.ts\`.`,
}
