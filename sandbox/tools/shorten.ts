const mostSaid = 30 * 1024

/** Keeps the beginning and the end of a long text; the middle is what a reader misses least. */
export function shorten(text: string, most = mostSaid): string {
  if (text.length <= most) return text
  const [head, tail] = [Math.floor(most / 3), Math.floor((most * 2) / 3) - 60]
  return `${text.slice(0, head)}\n[${text.length - head - tail} characters left out]\n${text.slice(-tail)}`
}
