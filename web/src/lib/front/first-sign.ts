const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'focusin'] as const

/**
 * Calls `then` with the first sign that somebody is reading: what lies below the first screen is fetched while the hand is
 * on its way there, and never before the first screen stands.
 */
export function firstSign(then: () => void) {
  return () => {
    const controller = new AbortController()
    const seen = () => {
      controller.abort()
      then()
    }
    for (const sign of signs) addEventListener(sign, seen, { signal: controller.signal, passive: true })
    return () => controller.abort()
  }
}
