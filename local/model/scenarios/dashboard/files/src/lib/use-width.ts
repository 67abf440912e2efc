import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** The width of an element in pixels, so that a drawing can use real ones and its text keeps its size. */
export function useWidth<Kind extends Element>(first: number): [RefObject<Kind | null>, number] {
  const element = useRef<Kind>(null)
  const [width, setWidth] = useState(first)

  useEffect(() => {
    if (element.current === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry?.contentRect.width ?? first)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [first])

  return [element, width]
}
