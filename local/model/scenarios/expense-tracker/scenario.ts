import type { Scenario } from '../../scenario.ts'

export const expenseTracker: Scenario = {
  name: 'expense-tracker',
  template: 'react',
  asks: /\bexpens\w*|\bspending\b|\bbudget\w*|\bmoney tracker\b|\bpersonal finance\b/i,
  title: 'Expense tracker',
  item: 'expense',
  opening: 'Expenses are sums over months and categories. I’ll look at the project first.',
  steps: [
    {
      say: 'I’ll set up the data model first: an expense, its category, and the sums that follow.',
      write: ['src/types.ts', 'src/lib/totals.ts', 'src/lib/money.ts', 'src/lib/expenses.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the parts: the form, the month with its budget, the bars by category and the ledger.',
      write: [
        'src/components/AddExpense.tsx',
        'src/components/MonthCard.tsx',
        'src/components/CategoryBars.tsx',
        'src/components/Ledger.tsx',
      ],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
  ],
  summary: `**{{title}}** is ready.

- Add an expense with its category and day; the month’s total and the budget follow at once
- Go back through the months, and choose a category to see only its entries
- Amounts are kept in cents, so that nothing is lost to rounding; all of it stays in this browser

Try it: add one expense, change the budget, then choose a category bar.`,
}
