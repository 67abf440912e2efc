/** Which files are open in tabs, and which shows; kept by project and person in this browser. */
export class OpenFiles {
  paths = $state.raw<readonly string[]>([])
  active = $state<string | null>(null)
  readonly #key: string

  constructor(place: string) {
    this.#key = `everjust:files:${place}`
    const kept = read(this.#key)
    this.paths = kept.paths
    this.active = kept.active
  }

  show(path: string): void {
    if (!this.paths.includes(path)) this.paths = [...this.paths, path]
    this.active = path
    this.#keep()
  }

  close(path: string): void {
    const at = this.paths.indexOf(path)
    this.paths = this.paths.filter((one) => one !== path)
    if (this.active === path) this.active = this.paths[Math.min(at, this.paths.length - 1)] ?? null
    this.#keep()
  }

  /** A tab put where another one stands. */
  reorder(path: string, target: string): void {
    const [from, to] = [this.paths.indexOf(path), this.paths.indexOf(target)]
    if (from < 0 || to < 0 || from === to) return
    this.paths = this.paths.filter((one) => one !== path).toSpliced(to, 0, path)
    this.#keep()
  }

  renamed(from: string, to: string): void {
    const next = (path: string) => (path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path)
    this.paths = this.paths.map(next).filter((path, at, all) => all.indexOf(path) === at)
    this.active = this.active && next(this.active)
    this.#keep()
  }

  #keep(): void {
    localStorage.setItem(this.#key, JSON.stringify({ paths: this.paths, active: this.active }))
  }
}

function read(key: string): { paths: string[]; active: string | null } {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as { paths?: unknown; active?: unknown }
    const paths = Array.isArray(kept.paths) ? kept.paths.filter((path) => typeof path === 'string') : []
    return { paths, active: typeof kept.active === 'string' && paths.includes(kept.active) ? kept.active : null }
  } catch {
    return { paths: [], active: null }
  }
}
