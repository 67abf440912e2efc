// Everything that is neither printable nor a line break or a tab. Postgres refuses NUL in text and lone surrogates in JSON.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Text without control characters and broken surrogates; line breaks and tabs stay. */
export const cleanText = (text: string): string => text.toWellFormed().replace(controls, '')

/** The same for every string inside a JSON value, keys included. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanJson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [cleanText(name), cleanJson(inner)]))
}
