// A switch for light and dark in the header; the choice is remembered.
const root = document.documentElement
const kept = localStorage.getItem('theme')
const preferred = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
const button = document.createElement('button')
button.type = 'button'
button.className = 'theme-switch'

function show(theme) {
  root.dataset.theme = theme
  button.textContent = theme === 'dark' ? 'Light' : 'Dark'
  button.setAttribute('aria-label', `Switch to ${theme === 'dark' ? 'light' : 'dark'} mode`)
}

button.addEventListener('click', () => {
  const theme = root.dataset.theme === 'dark' ? 'light' : 'dark'
  localStorage.setItem('theme', theme)
  show(theme)
})

show(kept === 'dark' || kept === 'light' ? kept : preferred)
document.querySelector('header')?.append(button)
