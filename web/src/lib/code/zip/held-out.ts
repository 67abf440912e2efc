/** What somebody holds out: files that were chosen, or what was dropped. */
export type HeldOut = { files: readonly File[] } | { entries: readonly FileSystemEntry[] }

/** To be asked while the drop's own event lasts: it is empty afterwards. Folders are known as entries alone. */
export function heldOutBy({ items, files }: DataTransfer): HeldOut {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return entries.length > 0 ? { entries } : { files: [...files] }
}
