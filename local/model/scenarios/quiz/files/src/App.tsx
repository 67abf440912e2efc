import { useState } from 'react'
import { Asked } from './components/Asked'
import { Result } from './components/Result'
import { questions } from './lib/questions'
import { useStored } from './lib/use-stored'

export function App() {
  const [given, setGiven] = useState<number[]>([])
  const [at, setAt] = useState(0)
  const [best, setBest] = useStored('best', () => 0)
  const right = given.filter((choice, index) => choice === questions[index]?.answer).length
  const question = questions[at]

  const next = () => {
    setAt(at + 1)
    if (at + 1 === questions.length) setBest((before) => Math.max(before, right))
  }
  const again = () => {
    setGiven([])
    setAt(0)
  }

  return (
    <main className="mx-auto grid min-h-svh max-w-2xl content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
        <p className="meta">
          {question ? `Question ${at + 1} of ${questions.length}` : 'Done'} · {right} right
        </p>
      </header>
      {question ? (
        <Asked
          key={question.id}
          question={question}
          given={given[at]}
          onAnswer={(choice) => setGiven([...given, choice])}
          onNext={next}
        />
      ) : (
        <Result right={right} of={questions.length} best={best} onAgain={again} />
      )}
    </main>
  )
}
