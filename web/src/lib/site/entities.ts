const known = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    copy: '©',
    hellip: '…',
    mdash: '—',
    ndash: '–',
    middot: '·',
    times: '×',
    larr: '←',
    rarr: '→',
  }),
)

/** Words as a page shows them, where signs of markup stand for others; what is not known is up to `otherwise`. */
export const unescaped = (written: string, otherwise: (entity: string) => string): string =>
  written.replaceAll(/&(#?\w+);/g, (entity, name: string) => signOf(name) ?? otherwise(entity))

function signOf(name: string): string | undefined {
  const [, hex = '', digits = ''] = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? []
  const code = hex ? Number.parseInt(hex, 16) : Number(digits)
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : known.get(name)
}
