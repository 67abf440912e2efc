/**
 * What of a built site must be there for any page to open: its entry, its pages, their styles and the Latin letters. What
 * else a page uses is kept once it was used; grammars, editors and alphabets that nobody asked for are not.
 */
export function shellOf(build: readonly string[]): string[] {
  return build.filter((path) => parts.some((part) => part.test(path)))
}

const parts = [/\/immutable\/(entry|nodes)\//, /\.css$/, /geist(-mono)?-latin-wght-normal\.[^/]*woff2$/]
