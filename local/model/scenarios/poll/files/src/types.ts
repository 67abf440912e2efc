export type Answer = {
  id: string
  title: string
  votes: number
}

export type NewAnswer = Omit<Answer, 'id' | 'votes'>
