import { AddAnswer } from './components/AddAnswer'
import { AnswerBar } from './components/AnswerBar'
import { firstAnswers, firstQuestion, newAnswer, totalOf, voted } from './lib/votes'
import { useStored } from './lib/use-stored'
import type { Answer } from './types'

export function App() {
  const [answers, setAnswers] = useStored<Answer[]>('answers', firstAnswers)
  const [question, setQuestion] = useStored('question', firstQuestion)
  const [mine, setMine] = useStored<string | null>('mine', () => null)
  const total = totalOf(answers)

  const vote = (id: string) => {
    setAnswers((all) => voted(all, id, mine))
    setMine(id)
  }

  return (
    <main className="mx-auto grid min-h-svh max-w-xl content-start gap-6 px-5 py-10">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-3xl font-semibold tracking-tight text-balance">{{ title }}</h1>
      </header>
      <input
        value={question}
        onChange={(event) => setQuestion(event.target.value)}
        aria-label="Question"
        className="field text-xl font-semibold"
      />
      <ul aria-label="Answers" className="grid gap-3">
        {answers.map((answer) => (
          <AnswerBar
            key={answer.id}
            answer={answer}
            total={total}
            mine={answer.id === mine}
            onVote={() => answer.id !== mine && vote(answer.id)}
          />
        ))}
      </ul>
      <p aria-live="polite" className="meta">
        {total} {total === 1 ? 'vote' : 'votes'} in all. {mine === null ? 'Yours is missing.' : 'Yours is counted.'}
      </p>
      <AddAnswer onAdd={(answer) => setAnswers((all) => [...all, newAnswer(answer)])} />
    </main>
  )
}
