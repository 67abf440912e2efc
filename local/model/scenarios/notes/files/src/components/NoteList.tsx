import type { Note } from '../types'

type Props = { notes: Note[]; open: string | undefined; onOpen: (id: string) => void }

export function NoteList({ notes, open, onOpen }: Props) {
  if (notes.length === 0) return <p className="meta py-4">Nothing found. Add a note, or search for another word.</p>
  return (
    <ul aria-label="Notes" className="grid grid-cols-1 gap-1">
      {notes.map((note) => (
        <li key={note.id}>
          <button
            type="button"
            aria-pressed={note.id === open}
            onClick={() => onOpen(note.id)}
            className="w-full rounded-lg border border-transparent px-3 py-2 text-left hover:border-line aria-pressed:border-accent aria-pressed:bg-surface"
          >
            <span className="block truncate font-medium">{note.title}</span>
            <span className="meta block truncate">{note.text || 'Empty'}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
