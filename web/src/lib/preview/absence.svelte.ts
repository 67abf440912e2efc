const longAfter = 5 * 60_000

/** How long nobody looks: an app that is shown keeps its sandbox awake, and that costs. */
export class Absence {
  /** Nobody has looked for so long that the app is not shown any more. */
  long = $state(false)
  /** The app was taken away meanwhile and has begun anew. */
  returned = $state(false)
  readonly #onReturn: () => void

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn
  }

  /** Until the returned function is called. */
  watch(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      if (document.visibilityState === 'hidden') timer = setTimeout(() => (this.long = true), longAfter)
      else if (this.long) this.#comeBack()
    }
    // A page may be opened behind another one, and never be looked at.
    if (document.visibilityState === 'hidden') look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }

  #comeBack(): void {
    this.#onReturn()
    this.long = false
    this.returned = true
  }
}
