import { renamed } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const memoryGame: Eval = {
  name: 'memory-game',
  prompt: 'a memory game with cards to turn',
  checks: [
    { that: 'twelve cards or more lie face down', do: [{ count: { button: /card/i }, atLeast: 12 }] },
    {
      that: 'turning two counts as a move',
      do: [{ press: { button: /card 1\b/i } }, { press: { button: /card 2\b/i } }, { see: /moves?:? ?1|1 moves?/i }],
    },
    {
      that: 'a new game begins at zero',
      do: [{ press: { button: /new game|restart|again|reset/i } }, { see: /moves?:? ?0|0 moves?/i }],
    },
  ],
  followUps: [renamed('Pairs')],
}
