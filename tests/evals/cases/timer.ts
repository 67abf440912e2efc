import { renamed } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const timer: Eval = {
  name: 'timer',
  prompt: 'a pomodoro timer with short and long breaks',
  checks: [
    { that: 'it begins with 25 minutes', do: [{ see: /25:00/ }] },
    { that: 'it counts down once started', do: [{ press: { button: /^(?:start|play)/i } }, { see: /24:5\d/ }] },
    {
      that: 'it can be paused and set back',
      do: [{ press: { button: /pause|stop/i } }, { press: { button: /reset/i } }, { see: /25:00/ }],
    },
    { that: 'a short break has five minutes', do: [{ press: { button: /short/i } }, { see: /0?5:00/ }] },
  ],
  followUps: [renamed('Deep work')],
}
