import type { Scenario } from '../../scenario.ts'

export const calculator: Scenario = {
  name: 'calculator',
  template: 'react',
  asks: /(?<!\b(?:tip|loan|mortgage|bmi|tax|interest|grade|age|calorie|rent) )\bcalculator\b/i,
  title: 'Calculator',
  item: 'result',
  accent: 'orange',
  opening: 'A calculator is a small machine with few states. I’ll look at the project first.',
  steps: [
    {
      say: 'First the machine itself: what each key does to what is shown.',
      write: ['src/types.ts', 'src/lib/machine.ts', 'src/lib/use-keys.ts', 'src/lib/use-stored.ts'],
    },
    { say: 'Now the keys and the tape.', write: ['src/components/Keys.tsx', 'src/components/Tape.tsx'] },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Adds, subtracts, multiplies and divides, by mouse and by keyboard
- What cannot be computed says so; 0.1 + 0.2 is 0.3
- The tape keeps the last results

Try it: type 12*12 and Enter.`,
}
