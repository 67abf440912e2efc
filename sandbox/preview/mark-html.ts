import { placeAttribute, startsOfLines } from './mark-jsx.ts'

// What stands inside scripts, styles and comments is no element.
const tokens = /<!--[\s\S]*?-->|<(script|style|textarea|title)\b[^>]*>[\s\S]*?<\/\1\s*>|<([a-z][\w-]*)(?=[\s/>])/gi
const unseen = new Set(['html', 'head', 'meta', 'link', 'base', 'noscript', 'template', 'body'])

/** Gives each element of a page its place; the page keeps its lines. */
export function markHtml(page: string, path: string): string {
  const lines = startsOfLines(page)
  const tags = Array.from(page.matchAll(tokens)).filter(([, , name]) => name && !unseen.has(name.toLowerCase()))
  return tags.reduceRight((marked, { 0: tag, index: at }) => {
    const line = lines.findLastIndex((begin) => begin <= at)
    const place = ` ${placeAttribute}="${path}:${line + 1}:${at - (lines[line] ?? 0) + 1}"`
    return marked.slice(0, at + tag.length) + place + marked.slice(at + tag.length)
  }, page)
}
