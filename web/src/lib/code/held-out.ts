/** What somebody holds out: files that were chosen, or what was dropped. */
export type HeldOut = { files: readonly File[] } | { entries: readonly FileSystemEntry[] }

/** To be asked while the drop's own event lasts: it is empty afterwards. */
export const heldOutBy = ({ items }: DataTransfer): HeldOut => ({
  entries: [...items].flatMap((item) => item.webkitGetAsEntry() ?? []),
})
