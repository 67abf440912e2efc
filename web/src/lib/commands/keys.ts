/** Keys as commands write them: `mod+k`, `alt+1`, `?`, `g then h`. `mod` is Command on a Mac and Control elsewhere. */
export const onMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)

/** What of a key event says which keys are down. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

const between = ' then '

/** The keys of one press in the words of commands; null for a press of a modifier alone. */
export function strokeOf(event: Pressed, mac = onMac): string | null {
  const key = keyOf(event)
  if (!key || modifiers.has(key)) return null
  const foreign = mac ? event.ctrlKey : event.metaKey
  if (foreign) return null
  const mod = mac ? event.metaKey : event.ctrlKey
  // A sign like `?` already says whether Shift was needed for it, which layouts disagree on.
  const shift = event.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key))
  return [mod && 'mod', event.altKey && 'alt', shift && 'shift', key].filter(Boolean).join('+')
}

const modifiers = new Set(['control', 'meta', 'alt', 'shift', 'altgraph', 'dead', 'process', 'unidentified'])

/** The letter or digit at its place where the layout writes no Latin ones, or where Alt makes another sign of it. */
function keyOf({ key, code, altKey }: Pressed): string {
  const latin = /^[\x20-\x7e]$/.test(key)
  const place = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]
  if (place && (altKey || !latin) && (key.length === 1 || key === 'Dead')) return place.toLowerCase()
  return key.toLowerCase()
}

/** Whether a press may mean a command while somebody types: it writes nothing. */
export function writesNothing({ ctrlKey, metaKey, altKey }: Pressed, mac = onMac): boolean {
  if (ctrlKey && altKey) return false
  return ctrlKey || metaKey || (altKey && !mac)
}

/** One after another, each press a list of key caps: `[['⌘', 'K']]`, `[['G'], ['H']]`. */
export function capsOf(keys: string, mac = onMac): string[][] {
  return keys.split(between).map((stroke) => stroke.split(/\+(?=.)/).map((key) => capOf(key, mac)))
}

const caps: Record<string, readonly [mac: string, elsewhere: string]> = {
  mod: ['⌘', 'Ctrl'],
  alt: ['⌥', 'Alt'],
  shift: ['⇧', 'Shift'],
  enter: ['↵', 'Enter'],
  escape: ['Esc', 'Esc'],
}

function capOf(key: string, mac: boolean): string {
  return caps[key]?.[mac ? 0 : 1] ?? key.toUpperCase()
}

/** As screen readers are told of them in `aria-keyshortcuts`; presses in a row cannot be said there. */
export function ariaKeys(keys: string, mac = onMac): string | undefined {
  return keys.includes(between) ? undefined : keys.replace('mod', mac ? 'Meta' : 'Control').replace('alt', 'Alt')
}

export const joinStrokes = (strokes: readonly string[]): string => strokes.join(between)
export const startsWith = (keys: string, strokes: readonly string[]): boolean =>
  keys.startsWith(`${joinStrokes(strokes)}${between}`)
