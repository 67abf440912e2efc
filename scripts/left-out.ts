import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/**
 * What dependencies bring along and no function of ours calls, replaced by something that says so when it is called; and
 * words that no function says.
 */
export function leftOut(): Plugin {
  return {
    name: 'left-out',
    setup({ onLoad }) {
      for (const { filter, loader, contents } of parts) {
        onLoad({ filter }, async ({ path }) => ({ contents: contents(await readFile(path, 'utf8')), loader }))
      }
    },
  }
}

interface Part {
  filter: RegExp
  loader: 'js' | 'ts'
  contents(source: string): string
}

const parts: readonly Part[] = [
  {
    // postgres.js can also follow replication, and loads that with everything else.
    loader: 'js',
    filter: /[/\\]postgres[/\\]src[/\\]subscribe\.js$/,
    contents: () => `export default () => () => { throw new Error('postgres.js is bundled without replication') }`,
  },
  {
    // Every schema of zod can write itself down as a JSON Schema; ours do so only when the OpenAPI document is made.
    loader: 'js',
    filter: /[/\\]zod[/\\]v4[/\\]core[/\\](json-schema-processors|to-json-schema)\.js$/,
    contents: (source: string) => {
      const names = [...source.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
      const absent = `const absent = () => { throw new Error('zod is bundled without JSON Schema') }`
      return `${absent}\nexport { ${names.map((name) => `absent as ${name}`).join(', ')}, absent as process }`
    },
  },
  {
    // What an operation is for, in words, is told by the OpenAPI document alone.
    loader: 'ts',
    filter: /[/\\]packages[/\\]v1[/\\].+\.ts$/,
    contents: (source) => source.replace(/^ {2}summary:\s*'[^'\n]*',$/gm, "  summary: '',"),
  },
]
