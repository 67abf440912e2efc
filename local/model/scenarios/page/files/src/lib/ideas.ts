import type { Idea, NewIdea } from '../types'

export const firstIdeas = (): Idea[] => [
  { id: 'start', title: 'Collect the three best examples of {{topic}}', votes: 5, voted: false },
  { id: 'ask', title: 'Ask someone who knows more, and write it down', votes: 3, voted: false },
  { id: 'show', title: 'Show it to one person this week', votes: 2, voted: false },
]

export const ranked = (ideas: Idea[]): Idea[] => [...ideas].sort((a, b) => b.votes - a.votes)

export const newIdea = (idea: NewIdea): Idea => ({ ...idea, id: crypto.randomUUID(), votes: 1, voted: true })

/** One vote a person: voting again takes it back. */
export const withVote = (idea: Idea): Idea => ({
  ...idea,
  voted: !idea.voted,
  votes: idea.votes + (idea.voted ? -1 : 1),
})
