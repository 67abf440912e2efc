import type { FormEvent } from 'react'
import type { NewRecipe } from '../types'

export function AddRecipe({ onAdd }: { onAdd: (recipe: NewRecipe) => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const title = String(form.get('title') ?? '').trim()
    if (title === '') return
    onAdd({
      title,
      servings: Math.max(1, Number(form.get('servings') ?? 2)),
      ingredients: String(form.get('ingredients') ?? ''),
    })
    event.currentTarget.reset()
  }

  return (
    <form onSubmit={submit} aria-label="New recipe" className="panel grid gap-3">
      <div className="flex flex-wrap gap-3">
        <input
          name="title"
          required
          maxLength={80}
          autoComplete="off"
          aria-label="New recipe"
          placeholder="Name of a recipe"
          className="field min-w-40 flex-1"
        />
        <label className="meta flex items-center gap-2">
          For
          <input name="servings" type="number" min={1} defaultValue={2} className="field w-20 text-ink" />
        </label>
      </div>
      <textarea
        name="ingredients"
        rows={3}
        aria-label="Ingredients, one a line"
        placeholder="One ingredient a line: 200 g flour"
        className="field"
      />
      <button type="submit" className="press justify-self-start">
        Add recipe
      </button>
    </form>
  )
}
