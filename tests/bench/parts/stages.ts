/** Calls `work` with a stage whose `after` is run, last first, when it has ended, however it ended. */
export async function onStage<T>(work: (stage: { after(undo: () => Promise<void>): void }) => Promise<T>): Promise<T> {
  await using parts = new AsyncDisposableStack()
  return await work({ after: (undo) => parts.defer(undo) })
}
