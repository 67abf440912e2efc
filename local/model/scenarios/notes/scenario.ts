import type { Scenario } from '../../scenario.ts'

export const notes: Scenario = {
  name: 'notes',
  template: 'react',
  asks: /\bnotes\b|\bnote[- ]?(?:book|pad|taking)\b|\bjournal\b|\bdiary\b/i,
  title: 'Notes',
  item: 'note',
  accent: 'gold',
  opening: 'Notes are written once and found often. I’ll look at the project first.',
  steps: [
    {
      say: 'First what a note is, and how one is found again.',
      write: ['src/types.ts', 'src/lib/notes.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the list and the sheet to write on.',
      write: ['src/components/AddNote.tsx', 'src/components/NoteList.tsx', 'src/components/Sheet.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Write as many notes as you like; every letter is kept as you type
- Search finds words in titles and texts; the note that changed last stands first

Try it: add a note, write a line, and search for a word of it.`,
}
