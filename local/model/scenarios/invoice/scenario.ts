import type { Scenario } from '../../scenario.ts'

export const invoice: Scenario = {
  name: 'invoice',
  template: 'react',
  asks: /\binvoic\w+|\bquote generator\b/i,
  title: 'Invoice',
  item: 'line',
  accent: 'navy',
  opening: 'An invoice is a sum that somebody will check. I’ll look at the project first.',
  steps: [
    {
      say: 'First the sums, in cents, so that nothing is lost to rounding.',
      write: ['src/types.ts', 'src/lib/sums.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the lines, the form and the totals.',
      write: ['src/components/AddLine.tsx', 'src/components/Lines.tsx', 'src/components/Totals.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Lines with amount and price, tax, and a total that follows at once
- Who it is for stands above and is kept; printing leaves the buttons out

Try it: add two lines, change the tax, and print.`,
}
