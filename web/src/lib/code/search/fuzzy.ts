/** How well a path fits what was typed: each letter in order, best where they stand together, at word beginnings and in the name. */
export function scoreOf(path: string, typed: string): number {
  const wanted = typed.toLowerCase().replaceAll(' ', '')
  const text = path.toLowerCase()
  const name = text.lastIndexOf('/') + 1
  const inName = text.indexOf(wanted, name)
  if (inName >= 0) return 10_000 - (inName - name) * 10 - text.length
  let [at, score, run] = [0, 0, 0]
  for (const letter of wanted) {
    const found = text.indexOf(letter, at)
    if (found < 0) return -Infinity
    run = found === at ? run + 1 : 0
    score += run * 4 + (/[/._-]/.test(text[found - 1] ?? '/') ? 6 : 0) + (found >= name ? 3 : 0) - (found - at) * 0.2
    at = found + 1
  }
  return score
}

/** The paths that fit, best first. */
export function fitting(paths: readonly string[], typed: string, most = 50): string[] {
  if (typed.trim() === '') return paths.slice(0, most)
  const scored = paths.map((path) => ({ path, score: scoreOf(path, typed) })).filter(({ score }) => score > -Infinity)
  return scored
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length)
    .slice(0, most)
    .map(({ path }) => path)
}
