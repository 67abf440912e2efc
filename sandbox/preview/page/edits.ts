import { styleNames } from '../../../lib/contract/style-names.ts'
import { placeAttribute } from '../mark-jsx.ts'
import type { Asked, Talk } from './talk.ts'

/** Shows at once what somebody changes of an element by hand; the code changes elsewhere, and only when they save it. */
export function openEdits(talk: Talk) {
  const chosen = new Map<number, Element>()
  const undo: (() => void)[] = []
  let count = 0

  talk.on('style', ({ id, name, value }) => {
    if (typeof name !== 'string' || typeof value !== 'string') return
    for (const element of sameAs(find(id))) {
      const before = element.style.getPropertyValue(name)
      undo.push(() => element.style.setProperty(name, before))
      element.style.setProperty(name, value)
    }
  })
  talk.on('text', ({ id, value }) => {
    if (typeof value !== 'string') return
    for (const element of sameAs(find(id))) {
      const node = onlyText(element)
      if (!node) continue
      const before = node.data
      undo.push(() => void (node.data = before))
      node.data = value
    }
  })
  talk.on('keep', () => void undo.splice(0))
  talk.on('discard', () => {
    while (undo.length > 0) undo.pop()?.()
    chosen.clear()
  })
  return { choose }

  function find(id: Asked[string]): Element | undefined {
    return typeof id === 'number' ? chosen.get(id) : undefined
  }

  /** What there is to change of an element, and the number it goes by. */
  function choose(element: Element): Record<string, unknown> {
    const id = ++count
    chosen.set(id, element)
    const computed = getComputedStyle(element)
    const styles = Object.fromEntries(styleNames.map((name) => [name, computed.getPropertyValue(name)]))
    return { edit: { id, styles, words: onlyText(element)?.data ?? null, box: boxOf(element) } }
  }
}

/** Where it stands in the window, in whole pixels. */
function boxOf(element: Element): Record<string, number> {
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const inside = Object.entries({ left, top, right, bottom }).map(([side, at]) => [side, Math.max(0, Math.round(at))])
  return Object.fromEntries(inside) as Record<string, number>
}

/** All that were written at the same place: rows of one list change together, as their code does. */
function sameAs(element: Element | undefined): (HTMLElement | SVGElement)[] {
  const place = element?.getAttribute(placeAttribute)
  if (!place) return []
  const found = document.querySelectorAll(`[${placeAttribute}="${CSS.escape(place)}"]`)
  return [...found].filter((one) => one instanceof HTMLElement || one instanceof SVGElement)
}

/** The text of an element that holds nothing else. */
function onlyText(element: Element): Text | undefined {
  const [node, ...more] = element.childNodes
  return node instanceof Text && more.length === 0 ? node : undefined
}
