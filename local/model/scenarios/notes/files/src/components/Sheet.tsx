import type { Note } from '../types'

type Props = { note: Note; onWrite: (change: Partial<Note>) => void; onRemove: () => void }

export function Sheet({ note, onWrite, onRemove }: Props) {
  return (
    <section aria-label={note.title} className="panel grid content-start gap-3">
      <input
        value={note.title}
        onChange={(event) => onWrite({ title: event.target.value })}
        aria-label="Title"
        className="bg-transparent text-2xl font-semibold"
      />
      <textarea
        value={note.text}
        onChange={(event) => onWrite({ text: event.target.value })}
        aria-label="Text"
        placeholder="Write here"
        rows={14}
        className="resize-y bg-transparent text-lg leading-relaxed"
      />
      <footer className="flex items-center justify-between gap-4">
        <p className="meta">{note.text.split(/\s+/).filter(Boolean).length} words</p>
        <button type="button" onClick={onRemove} aria-label={`Delete ${note.title}`} className="quiet">
          Delete
        </button>
      </footer>
    </section>
  )
}
