import { useEffect, useRef } from 'react'

const keys: Record<string, string> = { '-': '−', '*': '×', '/': '÷', Enter: '=', Escape: 'C', Backspace: '⌫', ',': '.' }

/** Lets the keyboard press the keys of the calculator. */
export function useKeys(onKey: (key: string) => void) {
  const latest = useRef(onKey)
  useEffect(() => {
    latest.current = onKey
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const onButton = event.target instanceof HTMLButtonElement && event.key === 'Enter'
      const key = keys[event.key] ?? event.key
      if (event.ctrlKey || event.metaKey || onButton || !/^[0-9.+−×÷=C%⌫]$/.test(key)) return
      event.preventDefault()
      latest.current(key)
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
