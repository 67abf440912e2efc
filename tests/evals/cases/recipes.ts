import { clearAll } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const recipes: Eval = {
  name: 'recipes',
  prompt: 'a recipe book whose amounts follow the number of servings',
  checks: [
    {
      that: 'a recipe can be added',
      do: [
        { fill: { box: /new recipe|recipe name|^(?:name|title)/i }, with: 'Waffles' },
        { fill: { box: /ingredients/i }, with: '120 g flour' },
        { press: { button: /^(?:add|save)/i } },
        { see: 'Waffles' },
      ],
    },
    {
      that: 'amounts follow the servings',
      do: [
        { press: 'Waffles' },
        { see: /120 g flour/ },
        { fill: { box: /servings|serves/i }, with: '4' },
        { see: /240 g flour/ },
      ],
    },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: 'Waffles' }] },
  ],
  followUps: [clearAll('Waffles')],
}
