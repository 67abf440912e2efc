import type { NewNote, Note } from '../types'

const now = () => new Date().toISOString()

export const firstNotes = (): Note[] => [
  { id: 'first', title: 'Welcome', text: 'Everything you write here stays in this browser.', changedAt: now() },
]

export const newNote = (note: NewNote): Note => ({ ...note, id: crypto.randomUUID(), text: '', changedAt: now() })

export const written = (notes: Note[], id: string, change: Partial<Note>): Note[] =>
  notes.map((note) => (note.id === id ? { ...note, ...change, changedAt: now() } : note))

/** Notes that hold every word, the last change first. */
export function found(notes: Note[], search: string): Note[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return notes
    .filter(({ title, text }) => words.every((word) => `${title} ${text}`.toLowerCase().includes(word)))
    .sort((a, b) => b.changedAt.localeCompare(a.changedAt))
}
