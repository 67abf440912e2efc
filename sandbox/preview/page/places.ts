import { originalOf, type SourceMap, readMap } from './source-map.ts'

/** Asked before the app can put another in its place, and without our own watching of requests. */
const ask = window.fetch.bind(window)
const mostBytes = 4_000_000
const frame = /(https?:\/\/[^\s()]+?):(\d+):(\d+)/g
const maps = new Map<string, Promise<SourceMap | undefined>>()

/** The first place of the app in a stack, as its author wrote it: `src/App.tsx:12:5`. */
export async function placeIn(stack: string): Promise<string | undefined> {
  for (const [, url = '', line, column] of stack.matchAll(frame)) {
    if (isOwn(url)) return written(url, Number(line), Number(column))
  }
  return undefined
}

/** The stack with the places that the author knows in place of the addresses of modules. */
export async function mapped(stack: string): Promise<string> {
  const found = [...stack.matchAll(frame)].slice(0, 20)
  const places = await Promise.all(
    found.map(([whole, url = '', line, column]) =>
      isOurs(url) ? written(url, Number(line), Number(column)) : Promise.resolve(whole),
    ),
  )
  return found.reduce((text, [whole], index) => text.replace(whole, () => places[index] ?? whole), stack)
}

async function written(url: string, line: number, column: number): Promise<string> {
  const path = pathOf(url)
  const map = await mapOf(url)
  const place = (map && originalOf(map, line, column)) ?? { line, column }
  return `${path}:${place.line}:${place.column}`
}

const isOurs = (url: string) => URL.parse(url)?.origin === location.origin
const isOwn = (url: string) => isOurs(url) && !/^\/(@|node_modules\/|\.vite\/)/.test(new URL(url).pathname)
const pathOf = (url: string) => new URL(url).pathname.slice(1) || 'index.html'

function mapOf(url: string): Promise<SourceMap | undefined> {
  const known = maps.get(url) ?? load(url)
  maps.set(url, known)
  return known
}

async function load(url: string): Promise<SourceMap | undefined> {
  if (!/\.(m?[jt]sx?|vue|svelte)$/.test(new URL(url).pathname)) return undefined
  try {
    const text = await (await ask(url)).text()
    return text.length > mostBytes ? undefined : readMap(text)
  } catch {
    return undefined
  }
}
