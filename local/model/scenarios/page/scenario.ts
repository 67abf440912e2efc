import type { Scenario } from '../../scenario.ts'

export const page: Scenario = {
  name: 'page',
  template: 'react',
  asks: /./,
  title: 'A page of its own',
  item: 'idea',
  opening: 'I’ll look at the project, then make a designed page around what you describe.',
  steps: [
    {
      say: 'First what the page remembers: ideas with votes, kept in the browser.',
      write: ['src/types.ts', 'src/lib/use-stored.ts', 'src/lib/ideas.ts'],
    },
    {
      say: 'Now the sections: a picture drawn from the name, three chapters, and a board where visitors add and rank ideas.',
      write: [
        'src/components/Pattern.tsx',
        'src/components/Chapters.tsx',
        'src/components/AddIdea.tsx',
        'src/components/IdeaBoard.tsx',
      ],
    },
    { say: 'The theme and the page bring it together.', write: ['src/index.css', 'src/App.tsx'] },
  ],
  summary: `I made a page about **{{topic}}**.

- A header picture that is drawn from the name itself, so no other page has the same
- Three chapters you can step through with the arrow keys
- A board where people add ideas and vote; it stays in this browser

A script cannot know {{topic}} the way a model does: structure and behaviour are real, the words are a beginning.`,
}
