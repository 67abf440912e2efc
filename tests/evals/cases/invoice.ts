import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const invoice: Eval = {
  name: 'invoice',
  prompt: 'an invoice generator with tax',
  checks: [
    {
      that: 'a line can be added',
      do: [
        { fill: { box: /line|description|what|item/i }, with: 'Proofreading' },
        { fill: { box: /^(?:amount|quantity|qty|hours)/i }, with: '3' },
        { fill: { box: /price|rate/i }, with: '40' },
        { press: { button: /^add/i } },
        { see: 'Proofreading' },
        { see: /120\.00/ },
      ],
    },
    { that: 'the tax changes the total', do: [{ fill: { box: /tax/i }, with: '10' }, { see: /627\.00|132\.00/ }] },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: 'Proofreading' }] },
  ],
  followUps: [darkMode],
}
