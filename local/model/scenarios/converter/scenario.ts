import type { Scenario } from '../../scenario.ts'

export const converter: Scenario = {
  name: 'converter',
  template: 'react',
  asks: /(?<!\b(?:currency|file|pdf|image|video|markdown) )\bconverter\b|\bunit conver\w+/i,
  title: 'Unit converter',
  item: 'unit',
  accent: 'teal',
  opening: 'Units are factors, and temperatures are not. I’ll look at the project first.',
  steps: [
    {
      say: 'First the units: each knows the way to one of its kind and back.',
      write: ['src/types.ts', 'src/lib/units.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the two sides and a table of all at once.',
      write: ['src/components/Side.tsx', 'src/components/AllUnits.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Length, weight, temperature and volume, both ways, as you type
- Swap the two sides with one press; the last choice is kept

Try it: 10 kilometres in miles, then swap.`,
}
