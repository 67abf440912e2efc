/** Whether a path fits one of the globs, which have commas between; no glob lets every path in. */
export function fitsGlobs(path: string, globs: string): boolean {
  const given = globs.split(',').flatMap((glob) => glob.trim() || [])
  return given.length === 0 || given.some((glob) => fits(glob.includes('/') ? path : nameOf(path), glob))
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/**
 * `*` stands for any characters (in a path also for slashes), `?` for one; a glob that ends with a slash means all below.
 * Walked with one step back at a time, so that no glob takes longer than its length times the path's.
 */
function fits(text: string, given: string): boolean {
  const glob = given.endsWith('/') ? `${given}*` : given
  let [at, here, star, retry] = [0, 0, -1, 0]
  while (at < text.length) {
    if (glob[here] === '*') [star, retry] = [here++, at]
    else if (glob[here] === '?' || glob[here] === text[at]) [at, here] = [at + 1, here + 1]
    else if (star >= 0) [here, at] = [star + 1, ++retry]
    else return false
  }
  while (glob[here] === '*') here++
  return here === glob.length
}
