const first = import.meta.glob<string>(['./pictures/habit-tracker-*.webp', './pictures/*-small.webp'], {
  eager: true,
  query: '?url',
  import: 'default',
})

/** Where the pictures of the front page lie: those of its first screen at once, the others when they are sent for. */
class Album {
  #files = $state.raw<Readonly<Record<string, string>>>(first)

  async more(): Promise<void> {
    this.#files = (await import('./more-pictures.ts')).pictures
  }

  /** There is a light and a dark one of each. */
  of(name: string, dark: boolean, size = ''): string | undefined {
    return this.#files[`./pictures/${name}-${dark ? 'dark' : 'light'}${size && `-${size}`}.webp`]
  }
}

export const album = new Album()
