import { useState } from 'react'
import { linesOf, scaled } from '../lib/recipes'
import type { Recipe } from '../types'

type Props = { recipe: Recipe; onClose: () => void; onRemove: () => void }

export function RecipePage({ recipe, onClose, onRemove }: Props) {
  const [servings, setServings] = useState(recipe.servings)
  return (
    <article className="panel grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="mr-auto text-2xl font-semibold">{recipe.title}</h2>
        <label className="meta flex items-center gap-2">
          Servings
          <input
            type="number"
            min={1}
            max={99}
            value={servings}
            onChange={(event) => setServings(Math.max(1, event.target.valueAsNumber || 1))}
            className="field w-20 text-ink"
          />
        </label>
      </div>
      <ul aria-label="Ingredients" className="grid gap-2 text-lg">
        {linesOf(recipe.ingredients).map((line) => (
          <li key={line}>
            <label className="flex items-center gap-3">
              <input type="checkbox" className="peer size-5 accent-accent" />
              <span className="peer-checked:text-muted peer-checked:line-through">
                {scaled(line, servings / recipe.servings)}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="flex gap-3">
        <button type="button" onClick={onClose} className="press">
          Back to all
        </button>
        <button type="button" onClick={onRemove} aria-label={`Remove ${recipe.title}`} className="quiet">
          Remove
        </button>
      </div>
    </article>
  )
}
