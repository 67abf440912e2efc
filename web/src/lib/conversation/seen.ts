const keyOf = (project: string) => `everjust:seen:${project}`

/** The number of the newest request that somebody saw in this browser; 0 when none is known. */
export function readSeen(project: string): number {
  return Number(localStorage.getItem(keyOf(project)) ?? 0) || 0
}

export function keepSeen(project: string, number: number): void {
  localStorage.setItem(keyOf(project), String(number))
}
