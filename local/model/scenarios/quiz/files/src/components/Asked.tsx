import type { Question } from '../types'

type Props = { question: Question; given: number | undefined; onAnswer: (choice: number) => void; onNext: () => void }

export function Asked({ question, given, onAnswer, onNext }: Props) {
  const answered = given !== undefined
  return (
    <section aria-labelledby="question" className="panel grid gap-5">
      <h2 id="question" className="text-2xl font-semibold text-balance">
        {question.text}
      </h2>
      <div role="group" aria-label="Answers" className="grid gap-2">
        {question.choices.map((choice, at) => (
          <button
            key={choice}
            type="button"
            aria-pressed={given === at}
            disabled={answered}
            onClick={() => onAnswer(at)}
            className={`quiet text-left text-lg aria-pressed:border-accent ${answered && at === question.answer ? 'border-accent font-semibold text-accent' : ''}`}
          >
            {choice}
          </button>
        ))}
      </div>
      <div aria-live="polite" className="flex min-h-12 flex-wrap items-center gap-4">
        {answered && (
          <>
            <p className="mr-auto">
              <strong>
                {given === question.answer ? 'Right.' : `Not quite: ${question.choices[question.answer]}.`}
              </strong>{' '}
              {question.why}
            </p>
            <button type="button" autoFocus onClick={onNext} className="press">
              Next
            </button>
          </>
        )}
      </div>
    </section>
  )
}
