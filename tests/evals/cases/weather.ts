import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const weather: Eval = {
  name: 'weather',
  prompt: 'weather cards for five cities, with made-up figures',
  scriptedPage: true,
  checks: [{ that: 'five cities have a temperature', do: [{ count: /-?\d+ ?°/, atLeast: 5 }] }],
  followUps: [darkMode],
}
