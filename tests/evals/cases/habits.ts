import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const habits: Eval = {
  name: 'habits',
  prompt: 'a habit tracker with streaks',
  checks: [
    {
      that: 'a habit can be added',
      do: [{ fill: { box: /habit/i }, with: 'Stretch', enter: true }, { see: 'Stretch' }],
    },
    {
      that: 'it can be marked as done today, which begins a streak',
      do: [{ press: { button: /stretch.*(?:done|today)|mark.*stretch/i } }, { see: /1 day/i }],
    },
    { that: 'the streak is there after a reload', do: [{ reload: true }, { see: 'Stretch' }, { see: /1 day/i }] },
  ],
  followUps: [darkMode],
}
