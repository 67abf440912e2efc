/** A word as JSON, or undefined. */
export function parsed(text: Buffer | string): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
