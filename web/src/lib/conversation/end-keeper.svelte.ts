const near = 48
/** With fewer requests one scrolls. */
export const worthJumping = 8

/** Whether somebody reads the end of a list that grows, and keeps them there; who reads further up is left alone. */
export class EndKeeper {
  atEnd = $state(true)

  #scroller: HTMLElement | null = null
  #top = 0
  #height = 0

  /** Follows this element until the returned function is called. */
  watch(scroller: HTMLElement): () => void {
    this.#scroller = scroller
    // The box below grows and takes room.
    const sizes = new ResizeObserver(() => this.keep())
    sizes.observe(scroller)
    return () => sizes.disconnect()
  }

  /** What grows at the end moves nothing up; only a person does. */
  readonly scrolled = () => {
    if (!this.#scroller) return
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    const movedUp = scrollTop < this.#top - 2 && scrollHeight === this.#height
    if (scrollHeight - scrollTop - clientHeight < near) this.atEnd = true
    else if (movedUp) this.atEnd = false
    this.#top = scrollTop
    this.#height = scrollHeight
  }

  keep(): void {
    if (this.atEnd) this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight })
  }

  toEnd(): void {
    this.atEnd = true
    this.keep()
  }

  leave(): void {
    this.atEnd = false
  }
}
