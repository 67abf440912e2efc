export type Task = {
  id: string
  title: string
  done: boolean
  starred: boolean
}

export type NewTask = Omit<Task, 'id' | 'done' | 'starred'>

export type Show = 'all' | 'open' | 'done'
