const place = (of: string) => `everjust:operator:${of}`

/** Keeps what was typed while its writer is away to sign in again. */
export const keepWords = (of: string, words: unknown) => sessionStorage.setItem(place(of), JSON.stringify(words))

/** Told once. */
export function takeWords<T>(of: string): T | undefined {
  const kept = sessionStorage.getItem(place(of))
  sessionStorage.removeItem(place(of))
  return kept === null ? undefined : (JSON.parse(kept) as T)
}
