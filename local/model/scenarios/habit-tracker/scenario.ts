import type { Scenario } from '../../scenario.ts'

export const habitTracker: Scenario = {
  name: 'habit-tracker',
  template: 'react',
  asks: /\bhabits?\b|\bstreaks?\b|\broutines?\b|\b(?:daily|mood|water|workout|reading) tracker\b/i,
  title: 'Habit tracker',
  item: 'habit',
  opening: 'A habit tracker lives from its days and streaks. I’ll look at the project first.',
  steps: [
    {
      say: 'I’ll set up the data model first: a habit is a name and the days it was done, and a streak follows from those days.',
      write: ['src/types.ts', 'src/lib/days.ts', 'src/lib/streaks.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the parts of the page: one row per habit with its week, the ring for today, and the last weeks at a glance.',
      write: [
        'src/components/HabitRow.tsx',
        'src/components/AddHabit.tsx',
        'src/components/TodayRing.tsx',
        'src/components/WeeksMap.tsx',
      ],
    },
    { say: 'With the theme and the app itself they come together.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Mark a habit as done for today, or fill in a missed day in its week
- Streaks count the days in a row, and yesterday keeps one alive until tonight
- The map shows the last ten weeks; everything stays in this browser after a reload

Try it: add a habit, mark it, then click through its week and watch the flame.`,
}
