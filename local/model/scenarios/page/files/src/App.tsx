import { AddIdea } from './components/AddIdea'
import { Chapters } from './components/Chapters'
import { IdeaBoard } from './components/IdeaBoard'
import { Pattern } from './components/Pattern'
import { firstIdeas, newIdea, withVote } from './lib/ideas'
import { useStored } from './lib/use-stored'
import type { Idea } from './types'

const title = '{{title}}'

export function App() {
  const [ideas, setIdeas] = useStored<Idea[]>('ideas', firstIdeas)

  const vote = (id: string) => setIdeas((all) => all.map((idea) => (idea.id === id ? withVote(idea) : idea)))
  const remove = (id: string) => setIdeas((all) => all.filter((idea) => idea.id !== id))

  return (
    <div className="mx-auto max-w-5xl px-5">
      <header className="flex flex-wrap items-center gap-x-6 gap-y-3 py-6">
        <p className="mr-auto text-lg font-bold tracking-tight">{title}</p>
        <nav aria-label="Sections" className="flex gap-5 text-sm font-semibold">
          <a href="#chapters" className="hover:text-accent">
            Chapters
          </a>
          <a href="#ideas" className="hover:text-accent">
            Ideas
          </a>
        </nav>
      </header>

      <main>
        <section className="grid gap-8 pb-4">
          <div className="overflow-hidden rounded-3xl">
            <Pattern seed={title} />
          </div>
          <div className="grid gap-5 md:grid-cols-[1.4fr_1fr] md:items-end">
            <h1 className="text-5xl leading-[1.02] font-bold tracking-tighter text-balance sm:text-7xl">{title}</h1>
            <p className="text-lg leading-8 text-muted text-pretty">
              A place for {{ topic }}: where to begin, what makes it good, and what to do next.
            </p>
          </div>
        </section>

        <Chapters />

        <section id="ideas" aria-labelledby="ideas-heading" className="border-t border-line py-16">
          <h2 id="ideas-heading" className="text-3xl font-bold tracking-tight">
            What should come next?
          </h2>
          <p className="mt-2 mb-6 text-muted">Add an idea, vote for the ones you like.</p>
          <AddIdea onAdd={(idea) => setIdeas((all) => [...all, newIdea(idea)])} />
          <IdeaBoard ideas={ideas} onVote={vote} onRemove={remove} />
        </section>
      </main>

      <footer className="border-t border-line py-8 text-sm text-muted">{title}</footer>
    </div>
  )
}
