import type { Scenario } from '../../scenario.ts'

export const inventory: Scenario = {
  name: 'inventory',
  template: 'react',
  asks: /\binventory\b|\bstock (?:list|tracker|keeping|management)\b|\bwarehouse\b/i,
  title: 'Inventory',
  item: 'item',
  accent: 'green',
  opening: 'An inventory answers two questions: how many, and what runs out. I’ll look at the project first.',
  steps: [
    {
      say: 'First what an item is, and when it runs low.',
      write: ['src/types.ts', 'src/lib/stock.ts', 'src/lib/use-stored.ts'],
    },
    { say: 'Now the form and the rows.', write: ['src/components/AddItem.tsx', 'src/components/StockTable.tsx'] },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Add items with how many there are and when to order again
- One more, one less, with one press; what runs low is marked and can be shown alone
- Search by name; all of it stays in this browser

Try it: take one away until the row says “low”.`,
}
