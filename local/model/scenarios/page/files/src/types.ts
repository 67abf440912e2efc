export type Idea = {
  id: string
  title: string
  votes: number
  voted: boolean
}

export type NewIdea = Omit<Idea, 'id' | 'votes' | 'voted'>
