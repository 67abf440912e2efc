import type { Answer, NewAnswer } from '../types'

export const firstQuestion = () => 'Where shall we eat on Friday?'

export const firstAnswers = (): Answer[] => [
  { id: 'noodles', title: 'Noodles at the corner', votes: 3 },
  { id: 'picnic', title: 'A picnic in the park', votes: 2 },
  { id: 'pizza', title: 'Pizza at my place', votes: 1 },
]

export const newAnswer = (answer: NewAnswer): Answer => ({ ...answer, id: crypto.randomUUID(), votes: 0 })

/** One person has one vote: it goes to `to`, and away from where it was. */
export const voted = (answers: Answer[], to: string, from: string | null): Answer[] =>
  answers.map((answer) => ({ ...answer, votes: answer.votes + Number(answer.id === to) - Number(answer.id === from) }))

export const totalOf = (answers: Answer[]): number => answers.reduce((sum, { votes }) => sum + votes, 0)
