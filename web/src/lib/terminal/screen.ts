import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { colours } from './colours.ts'
import { colourRowsUnderPolicy, openUnderPolicy } from './policy.ts'
import type { Screen } from './terminal-link.svelte.ts'

interface Wish {
  element: HTMLElement
  label: string
  readAloud: boolean
  onType: (text: string) => void
  onSize: (size: { cols: number; rows: number }) => void
  /** Somebody wants to go on from here by keyboard. */
  onLeave: () => void
}

export interface OpenScreen extends Screen {
  focus(): void
  recolour(): void
  readAloud(on: boolean): void
  fit(): void
  close(): void
}

/** A screen of a terminal in this element, as large as it. */
export function openScreen({ element, label, readAloud, onType, onSize, onLeave }: Wish): OpenScreen {
  const term = new Terminal({
    allowProposedApi: false,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: getComputedStyle(element).getPropertyValue('--mono'),
    fontSize: 13,
    lineHeight: 1.25,
    minimumContrastRatio: 4.5,
    screenReaderMode: readAloud,
    scrollback: 5_000,
    theme: colours(element),
  })
  const fitting = new FitAddon()
  term.loadAddon(fitting)
  const clean = openUnderPolicy(() => term.open(element))
  colourRowsUnderPolicy(term)
  term.textarea?.setAttribute('aria-label', label)
  fitting.fit()
  term.onData(onType)
  term.onResize(onSize)
  // Tab belongs to the shell, so there is another way out.
  term.attachCustomKeyEventHandler((event) => {
    const leaves = event.key === 'Escape' && event.shiftKey
    if (leaves && event.type === 'keydown') onLeave()
    return !leaves
  })
  return {
    size: () => ({ cols: term.cols, rows: term.rows }),
    write: (bytes, done) => term.write(bytes, done),
    clear: () => term.reset(),
    focus: () => term.focus(),
    recolour: () => (term.options.theme = colours(element)),
    readAloud: (on) => (term.options.screenReaderMode = on),
    fit: () => fitting.fit(),
    close: () => {
      term.dispose()
      clean()
    },
  }
}
