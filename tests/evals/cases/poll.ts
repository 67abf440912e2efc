import { field } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const poll: Eval = {
  name: 'poll',
  prompt: 'a poll for my team that shows shares as bars',
  checks: [
    {
      that: 'an answer can be added',
      do: [{ fill: { box: /answer|option/i }, with: 'Soup at home', enter: true }, { see: 'Soup at home' }],
    },
    {
      that: 'one can vote for it',
      do: [{ press: { button: /soup at home/i } }, { see: { row: /Soup at home.*(?:\b1 vote|1\d ?%|[1-9]\d? ?%)/s } }],
    },
    {
      that: 'the vote is there after a reload',
      do: [{ reload: true }, { see: { row: /Soup at home.*[1-9]\d? ?%/s } }],
    },
  ],
  followUps: [field('emoji', '🍲', [{ fill: { box: /answer|option/i }, with: 'Stew', enter: true }])],
}
