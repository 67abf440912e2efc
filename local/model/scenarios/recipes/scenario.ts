import type { Scenario } from '../../scenario.ts'

export const recipes: Scenario = {
  name: 'recipes',
  template: 'react',
  asks: /\brecipes?\b|\bcook ?book\b/i,
  title: 'Recipe book',
  item: 'recipe',
  accent: 'coral',
  opening: 'A recipe is read with wet hands: large, and in the right amounts. I’ll look at the project first.',
  steps: [
    {
      say: 'First what a recipe is, and how its amounts grow with the guests.',
      write: ['src/types.ts', 'src/lib/recipes.ts', 'src/lib/use-stored.ts'],
    },
    {
      say: 'Now the shelf, the open page and the form.',
      write: ['src/components/Shelf.tsx', 'src/components/RecipePage.tsx', 'src/components/AddRecipe.tsx'],
    },
    { say: 'The theme and the app join them.', write: ['src/index.css', 'src/App.tsx'] },
    { say: 'Let me check that the types agree.', write: [], run: 'npm run check' },
  ],
  summary: `**{{title}}** is ready.

- Search by title or ingredient, open a recipe, and tick off what lies on the table
- Amounts follow the number of servings
- Add your own, one ingredient a line, as “200 g flour”

Try it: open the pancakes and cook for eight.`,
}
