import { questions } from '../lib/content'

export function Questions() {
  return (
    <section
      id="questions"
      aria-labelledby="questions-heading"
      className="grid gap-10 border-t border-ink py-20 md:grid-cols-[1fr_2fr]"
    >
      <h2 id="questions-heading" className="font-display text-4xl leading-tight">
        Questions
      </h2>
      <div>
        {questions.map(({ question, answer }) => (
          <details key={question} name="questions" className="group border-b border-line py-4">
            <summary className="flex cursor-pointer list-none items-center justify-between gap-4 text-lg font-semibold">
              {question}
              <span
                aria-hidden="true"
                className="text-2xl text-accent transition-transform group-open:rotate-45 motion-reduce:transition-none"
              >
                +
              </span>
            </summary>
            <p className="mt-3 max-w-prose leading-7 text-muted">{answer}</p>
          </details>
        ))}
      </div>
    </section>
  )
}
