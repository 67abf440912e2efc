import DOMPurify from 'dompurify'
import { Marked } from 'marked'
import { m } from '#lib/messages.ts'

const allowed = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'hr', 'a', 'ul', 'ol', 'li'],
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  ALLOWED_ATTR: ['href', 'start', 'data-language'],
  ALLOWED_URI_REGEXP: /^https?:/i,
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
const marked = new Marked({
  async: false,
  gfm: true,
  renderer: {
    code: ({ text, lang }) =>
      `<pre data-language="${escaped(lang?.split(/\s/)[0] ?? '')}"><code>${escaped(text)}</code></pre>`,
  },
})

/** Markdown of the model as safe HTML: text and links only, no images, no styles; links open in their own tab. */
export function toHtml(markdown: string): string {
  const page = DOMPurify.sanitize(marked.parse(markdown, { async: false }), { ...allowed, RETURN_DOM_FRAGMENT: true })
  for (const link of page.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  for (const code of page.querySelectorAll('pre')) frame(code)
  const holder = document.createElement('div')
  holder.append(page)
  return holder.innerHTML
}

/** Code with its language and a button that copies it; `Prose` does so when it is pressed. */
function frame(code: HTMLElement): void {
  const head = document.createElement('figcaption')
  const language = document.createElement('span')
  language.textContent = code.dataset['language'] || m.conversation_code()
  const copy = document.createElement('button')
  copy.type = 'button'
  copy.className = 'copy'
  copy.ariaLabel = m.conversation_copy_code()
  copy.textContent = m.site_copy()
  head.append(language, copy)
  const figure = document.createElement('figure')
  code.replaceWith(figure)
  code.tabIndex = 0
  figure.append(head, code)
}
