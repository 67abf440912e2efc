const key = 'everjust:theme'
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Light, dark, or as the system has it; kept in this browser. `app.html` shows it before anything else is loaded. */
export class ThemeChoice {
  value = $state<Theme>(themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system')
  readonly #system = matchMedia('(prefers-color-scheme: dark)')
  #night = $state(this.#system.matches)
  /** Whether the page is dark now. */
  readonly dark = $derived(this.value === 'dark' || (this.value === 'system' && this.#night))

  constructor() {
    this.#system.addEventListener('change', ({ matches }) => (this.#night = matches))
    this.#show()
  }

  next(): void {
    this.choose(themes[(themes.indexOf(this.value) + 1) % themes.length] ?? 'system')
  }

  choose(theme: Theme): void {
    this.value = theme
    localStorage.setItem(key, theme)
    this.#show()
  }

  #show(): void {
    if (this.value === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = this.value
  }
}
