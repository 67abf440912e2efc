const corner = '[data-sonner-toaster]'

/** When the toast that has the focus goes, the focus is back where it was before; should that be gone too, at the page's content. */
export function keepFocus(): () => void {
  const stop = new AbortController()
  let before: HTMLElement | null = null
  const watch = new MutationObserver(() => {
    if (document.activeElement !== document.body) return
    watch.disconnect()
    back(before)
  })
  const onfocusin = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return
    if (target.closest(corner)) return watch.observe(document.body, { childList: true, subtree: true })
    watch.disconnect()
    before = target
  }
  if (document.activeElement instanceof HTMLElement) before = document.activeElement
  document.addEventListener('focusin', onfocusin, { signal: stop.signal })
  return () => {
    stop.abort()
    watch.disconnect()
  }
}

function back(before: HTMLElement | null): void {
  before?.focus({ preventScroll: true })
  if (document.activeElement !== document.body) return
  const main = document.querySelector<HTMLElement>('#main')
  if (main) main.tabIndex = -1
  main?.focus({ preventScroll: true })
}
