import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const pricingPage: Eval = {
  name: 'pricing-page',
  prompt: 'a pricing page with three plans, monthly or yearly',
  scriptedPage: true,
  checks: [
    { that: 'there are three plans with prices', do: [{ count: /[$€£] ?\d+/, atLeast: 3 }] },
    {
      that: 'one can change between monthly and yearly',
      do: [{ press: { button: /year|annual/i } }, { see: /year|annual/i }],
    },
  ],
  followUps: [darkMode],
}
