import { coloured } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const unitConverter: Eval = {
  name: 'unit-converter',
  prompt: 'a unit converter for length, weight and temperature',
  checks: [
    {
      that: 'ten kilometres are 6.21 miles',
      do: [
        { choose: { select: /from/i }, option: /kilomet/i },
        { choose: { select: /to/i }, option: /mile/i },
        { fill: { box: /value|amount|from/i }, with: '10' },
        { see: /6\.21/ },
      ],
    },
    {
      that: 'a hundred degrees Celsius are 212 Fahrenheit',
      do: [
        { press: { button: /temperature/i } },
        { choose: { select: /from/i }, option: /celsius/i },
        { choose: { select: /to/i }, option: /fahrenheit/i },
        { fill: { box: /value|amount|from/i }, with: '100' },
        { see: /\b212\b/ },
      ],
    },
  ],
  followUps: [coloured('purple')],
}
