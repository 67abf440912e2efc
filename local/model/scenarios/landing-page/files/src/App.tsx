import { Horizon } from './components/Horizon'
import { Pricing } from './components/Pricing'
import { Questions } from './components/Questions'
import { Reasons } from './components/Reasons'
import { SignUp } from './components/SignUp'
import { lead, promise, title } from './lib/content'

const sections = ['Reasons', 'Prices', 'Questions']

export function App() {
  return (
    <>
      <header className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 gap-y-2 px-5 py-5">
        <a href="#top" className="mr-auto font-display text-2xl">
          {title}
        </a>
        <nav aria-label="Sections" className="flex gap-5 text-sm font-semibold">
          {sections.map((name) => (
            <a key={name} href={`#${name.toLowerCase()}`} className="hover:text-accent">
              {name}
            </a>
          ))}
        </nav>
      </header>

      <main id="top">
        <section className="mx-auto grid max-w-6xl gap-8 px-5 pt-6 pb-12 md:grid-cols-[1.5fr_1fr] md:items-end">
          <h1 className="font-display text-5xl leading-[1.02] text-balance sm:text-7xl">
            {title}, {promise}
          </h1>
          <div>
            <p className="mb-6 text-lg leading-8 text-muted text-pretty">{lead}</p>
            <SignUp />
          </div>
        </section>
        <Horizon />
        <div className="mx-auto max-w-6xl px-5">
          <Reasons />
          <Pricing />
          <Questions />
        </div>
      </main>

      <footer className="bg-field text-white">
        <p className="mx-auto max-w-6xl px-5 py-10 text-sm">{title}. You have read to the end: thank you.</p>
      </footer>
    </>
  )
}
