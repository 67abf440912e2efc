/** Where pieces of each written line come from: `[column, line, column]`, all from 0. */
export type SourceMap = readonly (readonly (readonly [number, number, number])[])[]

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const inline = /\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([\w+/=]+)/g

/** The map that a module carries at its end; undefined when it has none. */
export function readMap(module: string): SourceMap | undefined {
  const found = [...module.matchAll(inline)].at(-1)?.[1]
  if (found === undefined) return undefined
  const { mappings } = JSON.parse(atob(found)) as { mappings?: unknown }
  return typeof mappings === 'string' ? decode(mappings) : undefined
}

/** The place, from 1, that a place of the written module was made from. */
export function originalOf(map: SourceMap, line: number, column: number): { line: number; column: number } | undefined {
  const piece = map[line - 1]?.findLast(([start]) => start <= column - 1)
  return piece && { line: piece[1] + 1, column: piece[2] + 1 }
}

function decode(mappings: string): SourceMap {
  let [line, column] = [0, 0]
  return mappings.split(';').map((text) => {
    let start = 0
    return text.split(',').flatMap((segment) => {
      const [moved = 0, source, down = 0, across = 0] = numbersOf(segment)
      start += moved
      if (source === undefined) return []
      line += down
      column += across
      return [[start, line, column] as const]
    })
  })
}

function numbersOf(segment: string): number[] {
  const numbers: number[] = []
  let [value, shift] = [0, 0]
  for (const digit of segment) {
    const bits = digits.indexOf(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    ;[value, shift] = [0, 0]
  }
  return numbers
}
