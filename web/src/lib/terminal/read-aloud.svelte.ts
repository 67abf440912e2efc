const key = 'everjust:terminal-aloud'

/** Whether what a terminal prints is also given to screen readers, which makes it slower; kept in this browser. */
class ReadAloud {
  value = $state(localStorage.getItem(key) === 'yes')

  toggle(): void {
    this.value = !this.value
    localStorage.setItem(key, this.value ? 'yes' : 'no')
  }
}

export const readsAloud = new ReadAloud()
