/** Puts the cursor into the box in which one asks. */
export function focusBox(): void {
  document.querySelector<HTMLTextAreaElement>('.composer .box textarea')?.focus()
}
