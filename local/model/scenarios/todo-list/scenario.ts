import type { Scenario } from '../../scenario.ts'

export const todoList: Scenario = {
  name: 'todo-list',
  template: 'react',
  asks: /\bto-?\s?dos?\b|\btask(?:s|list| list| manager| tracker)?\b|\bchecklist\b|\b(?:shopping|grocery|packing|bucket|wish|reading|watch)\s?list\b/i,
  title: 'To-do list',
  item: 'task',
  takesItem: true,
  opening: 'A list one likes to cross things off. I’ll look at the project first.',
  steps: [
    {
      say: 'I’ll set up the data model first: what one entry is, and how the list changes.',
      write: ['src/types.ts', 'src/lib/tasks.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the form, the rows and the filter.',
      write: ['src/components/AddTask.tsx', 'src/components/TaskRow.tsx', 'src/components/Filter.tsx'],
    },
    { say: 'The look of paper, and the app that joins the parts.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Add a {{item}}, cross it off, star what matters: starred {{items}} come first
- Double-click a title (or press Enter on it) to change it, Escape to leave it
- Filter by open and done; “Undo” brings back what was removed; all of it is there after a reload

Try it: add three {{items}}, star one, remove another and take it back.`,
}
