const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** `transfer` holds folders too, as long as the event lasts. */
type OnFiles = (files: readonly File[], transfer: DataTransfer) => void

/** Files that are pasted into a pane, or dropped onto it. */
export class FileDrop {
  /** Elements that were entered and not left yet: while there is one, something is held over the pane. */
  #depth = $state(0)
  readonly over = $derived(this.#depth > 0)
  readonly #onFiles: OnFiles

  constructor(onFiles: OnFiles) {
    this.#onFiles = onFiles
  }

  readonly entered = (event: DragEvent) => void (hasFiles(event) && (this.#depth += 1))
  readonly left = (event: DragEvent) => void (hasFiles(event) && (this.#depth -= 1))
  readonly held = (event: DragEvent) => void (hasFiles(event) && event.preventDefault())

  /** Something else took what was held. */
  readonly ended = () => void (this.#depth = 0)

  readonly dropped = (event: DragEvent) => {
    this.ended()
    this.#take(event, event.dataTransfer)
  }
  readonly pasted = (event: ClipboardEvent) => this.#take(event, event.clipboardData)

  /** Not what the box took already. */
  #take(event: Event, transfer: DataTransfer | null): void {
    if (event.defaultPrevented || !transfer || transfer.files.length === 0) return
    event.preventDefault()
    this.#onFiles([...transfer.files], transfer)
  }
}
