import { coloured, field } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

const add = { fill: { box: /task|to-?do|new|add/i }, with: 'Buy milk', enter: true } as const

export const todo: Eval = {
  name: 'todo',
  prompt: 'a to-do list',
  checks: [
    { that: 'a task can be added', do: [add, { see: 'Buy milk' }] },
    { that: 'it is there after a reload', do: [{ reload: true }, { see: 'Buy milk' }] },
    {
      that: 'it can be crossed off',
      do: [{ tick: { css: 'input[type=checkbox], [role=checkbox]' } }, { see: 'Buy milk' }],
    },
  ],
  followUps: [
    coloured('teal'),
    field('due date', '2030-01-31', [{ fill: { box: /task|to-?do|new|add/i }, with: 'Pay the rent', enter: true }]),
  ],
}
