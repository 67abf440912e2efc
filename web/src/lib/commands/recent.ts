const key = 'everjust:recent-commands'
const most = 6

/** What was done last from the palette, newest first, kept in this browser. */
export function readRecent(): string[] {
  const kept = localStorage.getItem(key)
  return kept ? kept.split('\n') : []
}

export function keepRecent(id: string): void {
  const recent = [id, ...readRecent().filter((other) => other !== id)]
  localStorage.setItem(key, recent.slice(0, most).join('\n'))
}
