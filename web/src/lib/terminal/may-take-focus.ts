/** A shell opens when the sandbox has started: whoever writes elsewhere by then goes on writing there. */
export function mayTakeFocus(shell: HTMLElement | undefined): boolean {
  const focused = document.activeElement
  const console = shell?.closest('section')?.parentElement
  return !focused || focused === document.body || console?.contains(focused) === true
}
