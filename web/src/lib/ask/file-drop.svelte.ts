const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Files that are pasted into a pane, or dropped onto it. */
export class FileDrop {
  /** Elements that were entered and not left yet: while there is one, something is held over the pane. */
  #depth = $state(0)
  readonly over = $derived(this.#depth > 0)
  readonly #onFiles: (files: readonly File[]) => void

  constructor(onFiles: (files: readonly File[]) => void) {
    this.#onFiles = onFiles
  }

  readonly entered = (event: DragEvent) => void (hasFiles(event) && (this.#depth += 1))
  readonly left = (event: DragEvent) => void (hasFiles(event) && (this.#depth -= 1))
  readonly held = (event: DragEvent) => void (hasFiles(event) && event.preventDefault())

  readonly dropped = (event: DragEvent) => {
    this.#depth = 0
    this.#take(event, event.dataTransfer?.files)
  }
  readonly pasted = (event: ClipboardEvent) => this.#take(event, event.clipboardData?.files)

  /** Not what the box took already. */
  #take(event: Event, files: FileList | undefined): void {
    if (event.defaultPrevented || !files || files.length === 0) return
    event.preventDefault()
    this.#onFiles([...files])
  }
}
