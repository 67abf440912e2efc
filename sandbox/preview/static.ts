import { markHtml } from './mark-html.ts'
import { pageScript, scriptPath, scriptTag } from './page-script.ts'

/** What the server of a static site takes in the preview: what it serves beside the site, and what becomes of a page. */
export const files: Record<string, () => string> = { [scriptPath]: pageScript }

/** The page with our script first of all, and with the place each element was written at. */
export function page(html: string, path: string): string {
  const marked = markHtml(html, path)
  const { attrs } = scriptTag()
  const tag = `<script src="${attrs.src}" data-origins="${attrs['data-origins']}"></script>`
  const start = /<head\b[^>]*>/i.exec(marked) ?? /<html\b[^>]*>/i.exec(marked) ?? /<!doctype[^>]*>/i.exec(marked)
  const at = start === null ? 0 : start.index + start[0].length
  return marked.slice(0, at) + tag + marked.slice(at)
}
