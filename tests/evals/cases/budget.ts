import { clearAll } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const budget: Eval = {
  name: 'budget',
  prompt: 'a budget app for my monthly expenses',
  checks: [
    {
      that: 'an expense can be added',
      do: [
        { fill: { box: /what|title|description|name|expense/i }, with: 'Tea for the office' },
        { fill: { box: /amount|cost|price/i }, with: '7.30' },
        { press: { button: /^(?:add|save)/i } },
        { see: 'Tea for the office' },
        { see: /7\.30/ },
      ],
    },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: 'Tea for the office' }] },
  ],
  followUps: [clearAll('Tea for the office')],
}
