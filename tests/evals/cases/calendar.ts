import { field } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const calendar: Eval = {
  name: 'calendar',
  prompt: 'a calendar for my events',
  checks: [
    { that: 'it shows the days of a month', do: [{ count: { css: 'td, [role=gridcell], .day' }, atLeast: 28 }] },
    {
      that: 'an event can be added to a day',
      do: [{ fill: { box: /event|title|what/i }, with: 'Dentist', enter: true }, { see: 'Dentist' }],
    },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: 'Dentist' }] },
    {
      that: 'one can go to the next month and back',
      do: [{ press: { button: /next/i } }, { press: { button: /prev|back/i } }, { see: 'Dentist' }],
    },
  ],
  followUps: [field('location', 'Main street', [{ fill: { box: /event|title|what/i }, with: 'Concert', enter: true }])],
}
