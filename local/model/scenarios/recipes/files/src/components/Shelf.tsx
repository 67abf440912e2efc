import { linesOf } from '../lib/recipes'
import type { Recipe } from '../types'

type Props = { recipes: Recipe[]; onOpen: (id: string) => void }

export function Shelf({ recipes, onOpen }: Props) {
  if (recipes.length === 0) return <p className="meta py-8 text-center">No recipe found. Add one below.</p>
  return (
    <ul aria-label="Recipes" className="grid gap-3 sm:grid-cols-2">
      {recipes.map((recipe) => (
        <li key={recipe.id}>
          <button
            type="button"
            onClick={() => onOpen(recipe.id)}
            className="panel w-full text-left hover:border-accent"
          >
            <span className="block text-xl font-semibold">{recipe.title}</span>
            <span className="meta">
              for {recipe.servings}, {linesOf(recipe.ingredients).length} ingredients
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
