import DOMPurify from 'dompurify'
import { marked } from 'marked'

const allowed = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'hr', 'a', 'ul', 'ol', 'li'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'start'],
  ALLOWED_URI_REGEXP: /^https?:/i,
}

/** Markdown of the model as safe HTML: text and links only, no images, no styles; links open in their own tab. */
export function toHtml(markdown: string): string {
  const page = DOMPurify.sanitize(marked.parse(markdown, { async: false, gfm: true }), {
    ...allowed,
    RETURN_DOM_FRAGMENT: true,
  })
  for (const link of page.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  const holder = document.createElement('div')
  holder.append(page)
  return holder.innerHTML
}
