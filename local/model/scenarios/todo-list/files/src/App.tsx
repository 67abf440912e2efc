import { useState } from 'react'
import { AddTask } from './components/AddTask'
import { Filter } from './components/Filter'
import { TaskRow } from './components/TaskRow'
import { changed, firstTasks, newTask, visible } from './lib/tasks'
import { useStored } from './lib/use-stored'
import type { Show, Task } from './types'

export function App() {
  const [tasks, setTasks] = useStored<Task[]>('tasks', firstTasks)
  const [show, setShow] = useState<Show>('all')
  const [removed, setRemoved] = useState<Task>()
  const shown = visible(tasks, show)

  const remove = (task: Task) => {
    setRemoved(task)
    setTasks((all) => all.filter(({ id }) => id !== task.id))
  }
  const undo = (task: Task) => {
    setRemoved(undefined)
    setTasks((all) => [...all, task])
  }

  return (
    <main className="mx-auto min-h-svh max-w-xl bg-surface px-5 py-10 shadow-xl sm:my-12 sm:min-h-0 sm:rounded-lg sm:px-10 sm:py-12">
      <header className="mb-8 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-4xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>

      <AddTask onAdd={(task) => setTasks((all) => [...all, newTask(task)])} />
      <Filter show={show} onShow={setShow} open={tasks.filter(({ done }) => !done).length} />

      {shown.length === 0 ? (
        <p className="py-12 text-center text-lg text-muted italic">
          {tasks.length === 0 ? 'Nothing on the list. Write the first {{item}} above.' : 'Nothing here.'}
        </p>
      ) : (
        <ul aria-label="{{Items}}" className="border-t border-line">
          {shown.map((task) => (
            <TaskRow
              key={task.id}
              task={task}
              onChange={(change) => setTasks((all) => changed(all, task.id, change))}
              onRemove={() => remove(task)}
            />
          ))}
        </ul>
      )}

      {removed !== undefined && (
        <p role="status" className="mt-6 flex items-center justify-between gap-4 rounded-lg bg-ground px-4 py-3">
          <span className="truncate">Removed “{removed.title}”</span>
          <button
            type="button"
            onClick={() => undo(removed)}
            className="font-semibold text-accent underline underline-offset-4"
          >
            Undo
          </button>
        </p>
      )}
    </main>
  )
}
