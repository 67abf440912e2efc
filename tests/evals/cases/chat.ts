import { darkMode } from '../follow-ups.ts'
import type { Eval } from '../vocabulary.ts'

export const chat: Eval = {
  name: 'chat',
  prompt: 'a mock-up of a team chat with channels',
  scriptedPage: true,
  checks: [
    { that: 'there are channels', do: [{ see: /# ?\w+|general/i }] },
    {
      that: 'a message can be sent',
      do: [{ fill: { box: /message|write|type/i }, with: 'Hello team', enter: true }, { see: 'Hello team' }],
    },
  ],
  followUps: [darkMode],
}
