import type { Scenario } from '../../scenario.ts'

export const staticPage: Scenario = {
  name: 'static-page',
  template: 'static',
  asks: /./,
  title: 'A page of its own',
  item: 'idea',
  opening: 'I’ll look at the project, then make a designed page around what you describe.',
  steps: [
    { say: 'First the page itself: words and structure, readable without any style.', write: ['index.html'] },
    {
      say: 'Now how it looks, the picture drawn from its name, and the board for ideas.',
      write: ['style.css', 'scripts/pattern.js', 'scripts/ideas.js', 'script.js'],
    },
    { say: 'Let me check the markup and the scripts.', write: [], run: 'npm run check' },
  ],
  summary: `I made a page about **{{topic}}**, in plain HTML, CSS and JavaScript.

- A header picture that is drawn from the name itself, so no other page has the same
- Three chapters, and a board where people add ideas and vote; it stays in this browser
- It reads well without JavaScript, in light and dark

A script cannot know {{topic}} the way a model does: structure and behaviour are real, the words are a beginning.`,
}
