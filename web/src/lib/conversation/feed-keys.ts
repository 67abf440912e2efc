const moves: Record<string, number> = { PageDown: 1, PageUp: -1 }

/** In which row of the list the focus is; -1 when in none. */
export function focusedRow(list: HTMLElement | undefined): number {
  const row = list?.contains(document.activeElement)
    ? document.activeElement?.closest<HTMLElement>('[data-index]')
    : null
  return row ? Number(row.dataset['index']) : -1
}

/** Page Down and Page Up go from request to request once the focus is in one, as feeds do. */
export function moveFocus(event: KeyboardEvent, list: HTMLElement | undefined): void {
  const move = moves[event.key]
  const article = event.target instanceof Element ? event.target.closest('article') : null
  if (!move || !article || event.target instanceof HTMLTextAreaElement) return
  const articles = [...(list?.querySelectorAll<HTMLElement>('article') ?? [])]
  const next = articles[articles.indexOf(article) + move]
  if (!next) return
  event.preventDefault()
  next.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'start' })
}
