import type { NewTask, Show, Task } from '../types'

export const firstTasks = (): Task[] => [
  { id: 'first', title: 'Add your first {{item}} above', done: false, starred: true },
  { id: 'edit', title: 'Double-click this line to change it', done: false, starred: false },
  { id: 'open', title: 'Open the list', done: true, starred: false },
]

export const newTask = (task: NewTask): Task => ({ ...task, id: crypto.randomUUID(), done: false, starred: false })

export const changed = (tasks: Task[], id: string, change: Partial<Task>): Task[] =>
  tasks.map((task) => (task.id === id ? { ...task, ...change } : task))

/** What a filter shows: starred first, done last, otherwise in the order of adding. */
export const visible = (tasks: Task[], show: Show): Task[] =>
  tasks
    .filter(({ done }) => show === 'all' || (show === 'done') === done)
    .sort((a, b) => Number(a.done) - Number(b.done) || Number(b.starred) - Number(a.starred))
