export type Recipe = {
  id: string
  title: string
  servings: number
  /** One a line: "200 g flour". */
  ingredients: string
}

export type NewRecipe = Omit<Recipe, 'id'>
