import { reasons } from '../lib/content'

export function Reasons() {
  return (
    <section id="reasons" aria-labelledby="reasons-heading" className="grid gap-10 py-20 md:grid-cols-[1fr_2fr]">
      <h2 id="reasons-heading" className="font-display text-4xl leading-tight">
        Three reasons
      </h2>
      <ol className="grid gap-10">
        {reasons.map(({ heading, text }, index) => (
          <li key={heading} className="grid grid-cols-[3rem_1fr] gap-4 border-t border-ink pt-5">
            <span aria-hidden="true" className="font-display text-3xl text-accent">
              {index + 1}
            </span>
            <div>
              <h3 className="text-xl font-semibold">{heading}</h3>
              <p className="mt-2 max-w-prose leading-7 text-muted">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
