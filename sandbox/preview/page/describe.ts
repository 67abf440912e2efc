import { placeAttribute } from '../mark-jsx.ts'

const parts = 2_000

/** What a request points at when somebody points at an element. */
export const describe = (element: Element) => ({
  selector: selectorOf(element).slice(0, parts),
  tag: element.localName.slice(0, 80),
  text: textOf(element).trim().slice(0, parts),
  html: htmlOf(element).slice(0, parts),
})

/** Where it was written, or where the nearest one around it was, whose name is said too. */
export function writtenAt(element: Element): { source: string; tag: string } | undefined {
  const marked = element.closest(`[${placeAttribute}]`)
  const source = marked?.getAttribute(placeAttribute)
  return marked && source ? { source, tag: marked.localName } : undefined
}

const textOf = (element: Element) => (element instanceof HTMLElement ? element.innerText : (element.textContent ?? ''))

/** As its author would know it, without what we gave it. */
function htmlOf(element: Element): string {
  return element.outerHTML.slice(0, parts * 4).replaceAll(new RegExp(` ${placeAttribute}="[^"]*"`, 'g'), '')
}

function selectorOf(element: Element): string {
  const steps: string[] = []
  for (let at: Element | null = element; at; at = at.parentElement) {
    const id = at.id && `#${CSS.escape(at.id)}`
    const found = id && document.querySelectorAll(id).length === 1
    steps.unshift(found ? id : stepTo(at))
    if (found || at === document.body) break
  }
  return steps.join(' > ')
}

function stepTo(element: Element): string {
  const same = [...(element.parentElement?.children ?? [])].filter(({ localName }) => localName === element.localName)
  const name = CSS.escape(element.localName)
  return same.length > 1 ? `${name}:nth-of-type(${same.indexOf(element) + 1})` : name
}
