import { Problem } from '#lib/api.ts'
import { m } from '#lib/messages.ts'
import type { LinkState } from './terminal-link.svelte.ts'

interface Note {
  text: string
  next?: 'renew' | 'retry'
  /** It goes by itself. */
  quiet?: true
}

const notes: Record<Extract<LinkState, string>, () => Note> = {
  opening: () => ({ text: m.terminal_opening(), quiet: true }),
  open: () => ({ text: m.terminal_anew(), quiet: true }),
  lost: () => ({ text: m.terminal_lost(), quiet: true }),
  taken: () => ({ text: m.terminal_taken(), next: 'retry' }),
  many: () => ({ text: m.terminal_many(), next: 'retry' }),
  failed: () => ({ text: m.terminal_failed(), next: 'retry' }),
  asleep: () => ({ text: m.terminal_gone(), next: 'retry' }),
  forbidden: () => ({ text: m.terminal_forbidden() }),
}

/** What stands over a terminal that does not simply run. */
export function noteOf(state: LinkState, anew: boolean): Note {
  if (state instanceof Problem) return { text: `${state.title} ${state.detail}`.trim(), next: 'retry' }
  if (typeof state === 'object') return { text: m.terminal_ended({ code: state.ended }), next: 'renew' }
  return anew ? notes.open() : notes[state]()
}
