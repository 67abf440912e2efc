import type { Scenario } from '../../scenario.ts'

export const markdown: Scenario = {
  name: 'markdown',
  template: 'react',
  asks: /\bmarkdown\b/i,
  title: 'Markdown editor',
  item: 'text',
  accent: 'blue',
  opening: 'Markdown is lines first and words second. I’ll look at the project first.',
  steps: [
    {
      say: 'First the reader: lines become blocks, and nothing becomes HTML that was not meant to be.',
      write: ['src/types.ts', 'src/lib/blocks.ts', 'src/lib/use-stored.ts'],
    },
    { say: 'Now what blocks and words look like.', write: ['src/components/Words.tsx', 'src/components/Preview.tsx'] },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Write on one side, read on the other, as you type
- Headings, lists, quotes, code, bold, italics and links
- The text is kept, and can be copied with one press

Try it: write “# Hello” and a list below.`,
}
