import { useEffect, useState } from 'react'

/** Counts down by the time of day, so that a tab that slept is not behind. */
export function useCountdown(seconds: number, onEnd: () => void) {
  const [left, setLeft] = useState(seconds)
  const [endsAt, setEndsAt] = useState<number>()

  useEffect(() => {
    if (endsAt === undefined) return
    const tick = () => {
      const rest = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000))
      setLeft(rest)
      if (rest > 0) return
      setEndsAt(undefined)
      onEnd()
    }
    const timer = setInterval(tick, 200)
    return () => clearInterval(timer)
  }, [endsAt, onEnd])

  return {
    left,
    running: endsAt !== undefined,
    start: () => setEndsAt(Date.now() + left * 1000),
    pause: () => setEndsAt(undefined),
    reset: (to: number) => {
      setEndsAt(undefined)
      setLeft(to)
    },
  }
}
