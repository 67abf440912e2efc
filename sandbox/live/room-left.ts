/** Generated code may fill the disk: what was to be kept there is still told to everybody, and only a new gateway lacks it. */
export function ifThereIsRoom(write: () => void): void {
  try {
    write()
  } catch (error) {
    console.error(`not kept: ${error instanceof Error ? error.message : String(error)}`)
  }
}
