let last = Promise.resolve()

/** Does one after the other, so that what is looked up for one does not let a later one pass it. */
export function inOrder(work: () => Promise<void>): void {
  last = last.then(work).catch(() => undefined)
}
