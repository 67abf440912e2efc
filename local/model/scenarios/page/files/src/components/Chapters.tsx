import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'

const chapters = [
  {
    name: 'Begin',
    heading: 'Where to begin',
    text: 'You need less than you think. Pick one small corner of {{topic}}, give it an hour, and note what surprised you. That note is the first page.',
  },
  {
    name: 'Deepen',
    heading: 'What makes it good',
    text: 'Look for the details that people who care would notice. Compare two examples side by side and say which one you would keep, and why.',
  },
  {
    name: 'Share',
    heading: 'Who would enjoy it',
    text: 'Things become clearer when they are shown. Send it to one person, watch what they look at first, and change only that.',
  },
]

export function Chapters() {
  const [current, setCurrent] = useState(0)
  const id = useId()
  const chapter = chapters[current] ?? chapters[0]

  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined) return
    const next = (current + by + chapters.length) % chapters.length
    setCurrent(next)
    document.getElementById(`${id}-${next}`)?.focus()
  }

  return (
    <section id="chapters" aria-label="Chapters" className="grid gap-8 py-16 md:grid-cols-[14rem_1fr] md:gap-16">
      <div role="tablist" aria-label="Chapters" onKeyDown={step} className="flex gap-2 md:flex-col">
        {chapters.map(({ name }, index) => (
          <button
            key={name}
            id={`${id}-${index}`}
            type="button"
            role="tab"
            aria-selected={index === current}
            aria-controls={`${id}-panel`}
            tabIndex={index === current ? 0 : -1}
            onClick={() => setCurrent(index)}
            className="flex flex-1 items-baseline gap-3 border-t-2 border-line px-1 py-3 text-left font-semibold text-muted aria-selected:border-accent aria-selected:text-ink"
          >
            <span className="text-sm tabular-nums">{index + 1}</span>
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} className="min-h-48">
        <h2 className="text-3xl font-bold tracking-tight sm:text-5xl">{chapter?.heading}</h2>
        <p className="mt-5 max-w-xl text-lg leading-8 text-muted">{chapter?.text}</p>
      </div>
    </section>
  )
}
