import type { Scenario } from '../../scenario.ts'

export const timer: Scenario = {
  name: 'timer',
  template: 'react',
  asks: /\btimer\b|\bpomodoro\b|\bcountdown\b/i,
  title: 'Focus timer',
  item: 'session',
  accent: 'red',
  opening: 'A timer must be right even when its tab sleeps. I’ll look at the project first.',
  steps: [
    {
      say: 'First the clock: it counts by the time of day, and knows focus, short and long breaks.',
      write: ['src/types.ts', 'src/lib/use-countdown.ts', 'src/lib/clock.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the dial and what was done today.',
      write: ['src/components/Dial.tsx', 'src/components/Modes.tsx', 'src/components/Sessions.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Focus, short break and long break, each as long as you set it
- Start, pause and reset; the time is right after the tab slept, and stands in its title
- Finished sessions are counted and kept

Try it: set one minute, start, and look at the tab’s title.`,
}
