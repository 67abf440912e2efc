import type { Recipe } from '../types'

export const firstRecipes = (): Recipe[] => [
  { id: 'pancakes', title: 'Pancakes', servings: 4, ingredients: '200 g flour\n400 ml milk\n2 eggs\n1 pinch of salt' },
  { id: 'soup', title: 'Lentil soup', servings: 2, ingredients: '150 g red lentils\n1 onion\n2 carrots\n700 ml water' },
  { id: 'salad', title: 'Bread salad', servings: 3, ingredients: '250 g old bread\n4 tomatoes\n0.5 cucumber\nbasil' },
]

export const linesOf = (ingredients: string): string[] =>
  ingredients
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** "200 g flour" for twice the servings is "400 g flour"; what has no number stays. */
export const scaled = (line: string, factor: number): string =>
  line.replace(/^\d+(?:[.,]\d+)?/, (amount) => String(Number((Number(amount.replace(',', '.')) * factor).toFixed(2))))

export const found = (recipes: Recipe[], search: string): Recipe[] =>
  recipes.filter(({ title, ingredients }) =>
    `${title} ${ingredients}`.toLowerCase().includes(search.trim().toLowerCase()),
  )
