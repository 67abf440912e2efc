import { useState } from 'react'
import { AddNote } from './components/AddNote'
import { NoteList } from './components/NoteList'
import { Sheet } from './components/Sheet'
import { firstNotes, found, newNote, written } from './lib/notes'
import { useStored } from './lib/use-stored'
import type { NewNote, Note } from './types'

export function App() {
  const [notes, setNotes] = useStored<Note[]>('notes', firstNotes)
  const [open, setOpen] = useState<string>()
  const [search, setSearch] = useState('')
  const shown = notes.find(({ id }) => id === open)

  const add = (wish: NewNote) => {
    const note = newNote(wish)
    setNotes((all) => [note, ...all])
    setOpen(note.id)
    setSearch('')
  }

  return (
    <main className="mx-auto min-h-svh max-w-4xl px-5 py-10">
      <header className="mb-6 flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-[18rem_1fr]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-3">
          <AddNote onAdd={add} />
          <input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            aria-label="Search notes"
            placeholder="Search"
            className="field"
          />
          <NoteList notes={found(notes, search)} open={open} onOpen={setOpen} />
        </div>
        {shown === undefined ? (
          <p className="meta self-center text-center">Choose a note, or add one.</p>
        ) : (
          <Sheet
            key={shown.id}
            note={shown}
            onWrite={(change) => setNotes((all) => written(all, shown.id, change))}
            onRemove={() => setNotes((all) => all.filter(({ id }) => id !== shown.id))}
          />
        )}
      </div>
    </main>
  )
}
