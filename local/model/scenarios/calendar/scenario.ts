import type { Scenario } from '../../scenario.ts'

export const calendar: Scenario = {
  name: 'calendar',
  template: 'react',
  asks: /\bcalendar\b|\b(?:event|month) planner\b/i,
  title: 'Calendar',
  item: 'event',
  accent: 'red',
  opening: 'A month is six weeks of days, some of them of other months. I’ll look at the project first.',
  steps: [
    {
      say: 'First the days: the grid of a month, and the events of a day.',
      write: ['src/types.ts', 'src/lib/month.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the month, the form and the day that is open.',
      write: ['src/components/Month.tsx', 'src/components/AddEvent.tsx', 'src/components/DayEvents.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Months back and forth, and back to today
- Choose a day, add what happens on it; days with events are marked
- All of it stays in this browser

Try it: choose a day, add “Dentist” at 09:30, and go to the next month and back.`,
}
