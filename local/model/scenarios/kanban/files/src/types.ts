export type Card = {
  id: string
  title: string
  column: ColumnId
  label: Label
}

export type NewCard = Omit<Card, 'id' | 'column'>

export const columns = [
  { id: 'todo', name: 'To do' },
  { id: 'doing', name: 'In progress' },
  { id: 'done', name: 'Done' },
] as const

export type ColumnId = (typeof columns)[number]['id']

export const labels = ['Idea', 'Work', 'Urgent'] as const

export type Label = (typeof labels)[number]
