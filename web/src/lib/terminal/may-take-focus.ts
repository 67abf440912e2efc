/** A shell opens when the sandbox has started: whoever writes elsewhere by then goes on writing there. */
export function mayTakeFocus(shell: HTMLElement | undefined): boolean {
  const focused = document.activeElement
  // With the tab that one chose it by, which stands beside its panel.
  const console = shell?.closest('[role=tabpanel]')?.parentElement
  return !focused || focused === document.body || console?.contains(focused) === true
}
