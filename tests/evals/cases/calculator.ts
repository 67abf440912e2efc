import { darkMode } from '../follow-ups.ts'
import type { Eval, Step } from '../vocabulary.ts'

const key = (name: string): Step => ({ press: { button: new RegExp(`^${name}$`) } })

export const calculator: Eval = {
  name: 'calculator',
  prompt: 'a calculator that also works with the keyboard',
  checks: [
    { that: 'seven times six is 42', do: [key('7'), key('[×*x]'), key('6'), key('='), { see: /^42$/ }] },
    { that: 'it can be cleared', do: [{ press: { button: /^(?:a?c|clear(?: all)?)$/i } }, { see: /^0$/ }] },
    { that: 'it works with the keyboard', do: [{ keys: ['1', '2', '*', '1', '2', 'Enter'] }, { see: /^144$/ }] },
    {
      that: 'a tenth and two tenths are three',
      do: [{ keys: ['Escape', '.', '1', '+', '.', '2', 'Enter'] }, { see: /^0\.3$/ }],
    },
    {
      that: 'dividing by zero is no number',
      do: [{ keys: ['Escape', '1', '/', '0', 'Enter'] }, { see: /error|cannot|infinity|∞|undefined|not a number/i }],
    },
  ],
  followUps: [darkMode],
}
