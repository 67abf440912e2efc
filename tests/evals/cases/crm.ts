import { renamed } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const crm: Eval = {
  name: 'crm',
  prompt: 'a small CRM with a list of contacts and the stage of each deal',
  scriptedPage: true,
  checks: [
    {
      that: 'a contact can be added',
      do: [
        { fill: { box: /name|contact/i }, with: 'Grace Hopper' },
        { press: { button: /^(?:add|save|create)/i } },
        { see: 'Grace Hopper' },
      ],
    },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: 'Grace Hopper' }] },
  ],
  followUps: [renamed('Rolodex')],
}
