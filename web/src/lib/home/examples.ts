/** Sentences one can start from, each a whole small app. */
export const examples = [
  { name: 'Habit tracker', prompt: 'A habit tracker with streaks and a weekly view' },
  { name: 'Kanban board', prompt: 'A kanban board with three columns for a two-person studio' },
  { name: 'Expense tracker', prompt: 'An expense tracker that sums up by category and month' },
  { name: 'To-do list', prompt: 'A to-do list with due dates that I can use with the keyboard' },
  { name: 'Dashboard', prompt: 'A dashboard with charts of a coffee shop’s sales' },
  { name: 'Landing page', prompt: 'A landing page for a neighbourhood bicycle workshop' },
] as const
