import { useEffect, useState } from 'react'
import type { Dispatch, SetStateAction } from 'react'

/** State that survives a reload. What cannot be read counts as not there. */
export function useStored<Value>(key: string, first: () => Value): [Value, Dispatch<SetStateAction<Value>>] {
  const [value, setValue] = useState<Value>(() => read<Value>(key) ?? first())

  useEffect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Private windows may refuse to store: the app works on, without memory.
    }
  }, [key, value])

  return [value, setValue]
}

function read<Value>(key: string): Value | undefined {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as Value)
  } catch {
    return undefined
  }
}
