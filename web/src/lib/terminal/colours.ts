import type { ITheme } from '@xterm/xterm'

/** The sixteen colours of a terminal, light and dark each for itself, all at least 4.5:1 on the ground. */
const palette = {
  background: 'var(--surface-raised)',
  foreground: 'var(--ink)',
  cursor: 'var(--accent)',
  cursorAccent: 'var(--surface-raised)',
  selectionBackground: 'light-dark(oklch(0.86 0.06 166), oklch(0.42 0.07 168))',
  black: 'light-dark(oklch(0.3 0.01 170), oklch(0.62 0.01 170))',
  red: 'var(--bad)',
  green: 'var(--good)',
  yellow: 'var(--warn)',
  blue: 'var(--info)',
  magenta: 'light-dark(oklch(0.48 0.15 340), oklch(0.79 0.11 340))',
  cyan: 'light-dark(oklch(0.46 0.08 205), oklch(0.8 0.09 205))',
  white: 'light-dark(oklch(0.46 0.01 150), oklch(0.86 0.01 130))',
  brightBlack: 'var(--ink-soft)',
  brightRed: 'light-dark(oklch(0.47 0.19 27), oklch(0.82 0.12 25))',
  brightGreen: 'light-dark(oklch(0.43 0.12 152), oklch(0.86 0.14 152))',
  brightYellow: 'light-dark(oklch(0.47 0.11 68), oklch(0.88 0.12 85))',
  brightBlue: 'light-dark(oklch(0.45 0.14 250), oklch(0.84 0.09 240))',
  brightMagenta: 'light-dark(oklch(0.45 0.19 340), oklch(0.84 0.11 340))',
  brightCyan: 'light-dark(oklch(0.43 0.1 205), oklch(0.86 0.09 205))',
  brightWhite: 'var(--ink)',
} as const satisfies ITheme

/** The palette as it stands in the theme that is shown: a terminal knows no variables. */
export function colours(beside: HTMLElement): ITheme {
  const probe = document.createElement('i')
  probe.hidden = true
  beside.append(probe)
  const read = (value: string) => {
    probe.style.color = value
    return getComputedStyle(probe).color
  }
  const theme = Object.fromEntries(Object.entries(palette).map(([name, value]) => [name, read(value)]))
  probe.remove()
  return theme
}
