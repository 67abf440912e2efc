/** A value as Stripe's clients send it: `a[b][0]=c` is `{ a: { b: ['c'] } }`. */
export type FormValue = string | FormValue[] | Form
export interface Form {
  [name: string]: FormValue
}

/** Reads a form body or a query string. */
export function parseForm(text: string): Form {
  const root = emptyForm()
  for (const [name, value] of new URLSearchParams(text)) {
    const [first = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''))
    put(root, [first, ...rest], value)
  }
  return listed(root) as Form
}

/** The text under these names; undefined when there is none. */
export function textAt(form: Form, ...names: string[]): string | undefined {
  const found = names.reduce<FormValue | undefined>(
    (value, name) => (typeof value === 'object' ? (value as Form)[name] : undefined),
    form,
  )
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The texts below a name, as a flat map: what Stripe calls metadata. */
export function textsAt(form: Form, name: string): Record<string, string> {
  const found = form[name]
  if (typeof found !== 'object') return {}
  return Object.fromEntries(
    Object.entries(found).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

/** Without a prototype: a name in a form may be `__proto__`. */
const emptyForm = () => Object.create(null) as Form

function put(into: Form, [name = '', ...rest]: string[], value: string): void {
  const at = name === '' ? String(Object.keys(into).length) : name
  if (rest.length === 0) {
    into[at] = value
    return
  }
  const inner = into[at]
  const next = typeof inner === 'object' ? (inner as Form) : emptyForm()
  into[at] = next
  put(next, rest, value)
}

/** What is numbered from 0 is a list. */
function listed(value: FormValue): FormValue {
  if (typeof value === 'string') return value
  const entries = Object.entries(value).map(([name, each]) => [name, listed(each)] as const)
  if (entries.length > 0 && entries.every(([name], at) => name === String(at))) return entries.map(([, each]) => each)
  return Object.assign(emptyForm(), Object.fromEntries(entries))
}
