const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** The arrow keys go from one version to the next: to the same button of it, or to its first. */
export function moveAmongRows(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = steps[event.key]
  const from = document.activeElement
  if (!step || event.defaultPrevented || from instanceof HTMLInputElement) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('ol.list > li')]
  const at = rows.findIndex((row) => row.contains(from))
  const row = rows[at === -1 ? 0 : at + step]
  if (!row) return
  event.preventDefault()
  const like = from instanceof HTMLElement ? from.dataset['deed'] : undefined
  const same = like ? row.querySelector<HTMLElement>(`[data-deed='${like}']`) : null
  const target = same ?? row.querySelector<HTMLElement>('button, summary')
  target?.focus()
}
