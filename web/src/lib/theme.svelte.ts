const key = 'everjust:theme'
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Light, dark, or as the system has it; kept in this browser. `app.html` shows it before anything else is loaded. */
export class ThemeChoice {
  value = $state<Theme>(themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system')

  constructor() {
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
