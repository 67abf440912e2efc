const most = 2_000
const deepest = 3
const widest = 20

/** The arguments of one call of the console as one text, as a browser's own console would write them, and shortened. */
export function wordsOf(values: readonly unknown[]): string {
  const [first, ...rest] = values
  const said = typeof first === 'string' ? fill(first, rest) : [first, ...rest].map((value) => show(value, 0))
  return said.join(' ').slice(0, most)
}

// `%s` and its like stand for the arguments after it; React writes so.
function fill(format: string, values: unknown[]): string[] {
  const text = format.replaceAll(/%([sdifoOc%])/g, (whole, kind: string) => {
    if (kind === '%') return '%'
    if (values.length === 0) return whole
    const value = values.shift()
    if (kind === 'c') return ''
    return 'di'.includes(kind) ? String(Math.trunc(Number(value))) : show(value, 0)
  })
  return [text, ...values.map((value) => show(value, 0))]
}

function show(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value.slice(0, 200))
  if (typeof value === 'function') return `ƒ ${value.name || 'anonymous'}`
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? `${value}n` : String(value)
  if (value instanceof Error) return value.stack ?? String(value)
  if (value instanceof Element) return tagOf(value)
  return showObject(value, depth)
}

function showObject(value: object, depth: number): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  const name = nameOf(value)
  if (depth >= deepest) return Array.isArray(value) ? '[…]' : `${name}{…}`
  if (Array.isArray(value)) return `[${few(value, (part: unknown) => show(part, depth + 1))}]`
  if (value instanceof Set) return `Set(${value.size}) [${few([...value], (part) => show(part, depth + 1))}]`
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return `${name}{${few(entries, ([key, part]) => `${show(key, 1)}:${read(() => show(part, depth + 1))}`)}}`
}

const few = <Part>(parts: readonly Part[], write: (part: Part) => string) =>
  [...parts.slice(0, widest).map(write), ...(parts.length > widest ? ['…'] : [])].join(',')

const nameOf = (value: object) => {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name
  return typeof name === 'string' && name !== 'Object' ? `${name} ` : ''
}

/** A property may throw when it is read. */
function read(show: () => string): string {
  try {
    return show()
  } catch {
    return '…'
  }
}

const tagOf = (element: Element) =>
  `<${element.localName}${element.id && `#${element.id}`}${[...element.classList]
    .slice(0, 3)
    .map((name) => `.${name}`)
    .join('')}>`
