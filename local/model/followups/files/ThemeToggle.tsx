import { useEffect, useState } from 'react'

type Theme = 'light' | 'dark'

const key = 'theme'

function firstTheme(): Theme {
  const kept = localStorage.getItem(key)
  if (kept === 'light' || kept === 'dark') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function ThemeToggle() {
  const [theme, setTheme] = useState<Theme>(firstTheme)
  const other = theme === 'dark' ? 'light' : 'dark'

  useEffect(() => {
    document.documentElement.dataset.theme = theme
    localStorage.setItem(key, theme)
  }, [theme])

  return (
    <button
      type="button"
      onClick={() => setTheme(other)}
      aria-label={`Switch to ${other} mode`}
      className="grid size-9 shrink-0 place-items-center rounded-full border border-line hover:border-accent"
    >
      <svg viewBox="0 0 24 24" className="size-4" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        <circle cx="12" cy="12" r="8" />
        <path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor" />
      </svg>
    </button>
  )
}
