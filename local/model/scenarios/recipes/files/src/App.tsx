import { useState } from 'react'
import { AddRecipe } from './components/AddRecipe'
import { RecipePage } from './components/RecipePage'
import { Shelf } from './components/Shelf'
import { firstRecipes, found } from './lib/recipes'
import { useStored } from './lib/use-stored'
import type { Recipe } from './types'

export function App() {
  const [recipes, setRecipes] = useStored<Recipe[]>('recipes', firstRecipes)
  const [open, setOpen] = useState<string>()
  const [search, setSearch] = useState('')
  const recipe = recipes.find(({ id }) => id === open)

  return (
    <main className="mx-auto grid min-h-svh max-w-3xl content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      {recipe === undefined ? (
        <>
          <input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            aria-label="Search recipes"
            placeholder="Search by name or ingredient"
            className="field"
          />
          <Shelf recipes={found(recipes, search)} onOpen={setOpen} />
          <AddRecipe onAdd={(wish) => setRecipes((all) => [{ ...wish, id: crypto.randomUUID() }, ...all])} />
        </>
      ) : (
        <RecipePage
          key={recipe.id}
          recipe={recipe}
          onClose={() => setOpen(undefined)}
          onRemove={() => setRecipes((all) => all.filter(({ id }) => id !== recipe.id))}
        />
      )}
    </main>
  )
}
