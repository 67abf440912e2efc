/**
 * The terminal writes rules into style elements and colours into style attributes, which the site's policy forbids to
 * scripts. Here both go the ways that it allows: sheets that the page adopts, and the object model of styles.
 */

/** Runs what makes a terminal; where it makes style elements, others stand, and their rules are adopted. Answers how to let go of them. */
export function openUnderPolicy(open: () => void): () => void {
  const sheets: CSSStyleSheet[] = []
  const create = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    if (name !== 'style') return create(name, options)
    // Even an empty style element is against the policy once it stands in the page.
    const standIn = create('i')
    standIn.hidden = true
    sheets.push(adopt(standIn))
    return standIn
  }) as typeof document.createElement
  try {
    open()
  } finally {
    Reflect.deleteProperty(document, 'createElement')
  }
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet))
  }
}

function adopt(element: HTMLElement): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  Object.defineProperty(element, 'textContent', { set: (rules: string) => sheet.replaceSync(rules) })
  return sheet
}

/** Where a terminal keeps the document that it makes the cells of its rows with; it has no option for that one. */
const toRows = ['_core', '_renderService', '_renderer', 'value', '_rowFactory']

/** Lets the rows of an open terminal have colours of their own. */
export function colourRowsUnderPolicy(terminal: object): void {
  let found: unknown = terminal
  for (const name of toRows) found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  if (typeof found === 'object' && found !== null) Reflect.set(found, '_document', documentUnderPolicy())
}

/** This document, but that elements made by it take a style attribute through their `style`. */
function documentUnderPolicy(): Document {
  return new Proxy(document, {
    get(target, name) {
      if (name === 'createElement') return createElement
      const found: unknown = Reflect.get(target, name, target)
      return typeof found === 'function' ? (found.bind(target) as unknown) : found
    },
  })
}

function createElement(name: string): HTMLElement {
  const element = document.createElement(name)
  if (name === 'span') element.setAttribute = setAttribute
  return element
}

function setAttribute(this: HTMLElement, name: string, value: string): void {
  if (name === 'style') this.style.cssText = value
  else Element.prototype.setAttribute.call(this, name, value)
}
