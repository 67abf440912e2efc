export type Note = {
  id: string
  title: string
  text: string
  changedAt: string
}

export type NewNote = Omit<Note, 'id' | 'text' | 'changedAt'>
