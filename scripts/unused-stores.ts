import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metafile, Plugin } from 'esbuild'

const table = 'lib/store/stores.ts'
/** By the rules of the house these know of no store, whatever words they use. */
const strangers = /^lib\/(store|contract|domain)\/|node_modules/
/** It makes its stores of those of the table. */
const insider = /\/worker-stores\.ts$/
/** Whole lines alone: what follows code may be within a string, and code may follow. */
const comments = /^\s*(\/\/.*|\/?\*(?!.*\*\/[ \t]*\S).*)$/gm
/** `sync-billing` and `people/` are kinds and keys, not the names of stores. */
const words = /[\w/-]+/g
const line = /^ {4}(\w+): (\w+Store)\(.*\),\n/gm

/** Loads the table of stores without those of these names. */
export function withoutStores(names: ReadonlySet<string>): Plugin {
  return {
    name: 'without-stores',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]lib[/\\]store[/\\]stores\.ts$/ }, async ({ path }) => ({
        contents: without(await readFile(path, 'utf8'), names),
        loader: 'ts',
      }))
    },
  }
}

function without(source: string, names: ReadonlySet<string>): string {
  const makers = [...source.matchAll(line)].flatMap(([, name = '', maker = '']) => (names.has(name) ? [maker] : []))
  const rest = source.replace(line, (whole, name: string) => (names.has(name) ? '' : whole))
  return rest.replace(/^import \{ (\w+).*\n/gm, (whole, maker: string) => (makers.includes(maker) ? '' : whole))
}

/**
 * The stores that nothing in a bundle speaks of: a store is had by its name alone, so that whoever never writes the name
 * never has it.
 */
export async function unusedStores(root: string, output: Metafile['outputs'][string]): Promise<Set<string>> {
  const inputs = Object.keys(output.inputs)
  if (!inputs.includes(table)) return new Set()
  const texts = await Promise.all(inputs.filter(maySpeak).map((path) => readFile(join(root, path), 'utf8')))
  const spoken = new Set(texts.flatMap(wordsOf))
  const stores = [...(await readFile(join(root, table), 'utf8')).matchAll(line)].map(([, name = '']) => name)
  return new Set(stores.filter((name) => !spoken.has(name)))
}

/** Whether a file may speak of a store. */
export const maySpeak = (path: string): boolean => !strangers.test(path) || insider.test(path)

/** All that a text may call by its name: no fewer than that, and not what its comments say. */
export const wordsOf = (text: string): string[] => text.replace(comments, '').match(words) ?? []
