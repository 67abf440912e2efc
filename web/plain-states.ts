import type { Plugin } from 'vite'

const plain = '\0plain-states'

/**
 * What a page keeps in the browser's history is plain JSON here, and a static site has no data of a server to read. So what
 * Kit brings for richer values (4 KB of the first load) stays out of the browser; should it be asked for, it says so.
 */
export function plainStates(): Plugin {
  return {
    name: 'plain-states',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer) {
      const inBrowser = this.environment.name === 'client'
      return inBrowser && id === 'devalue' && importer?.includes('/@sveltejs/kit/') ? plain : undefined
    },
    load: (id) => (id === plain ? source : undefined),
  }
}

const source = `
const absent = () => { throw new Error('This site is static: it has no data of a server.') }
export const stringify = (value) => JSON.stringify(value)
export const parse = (text) => JSON.parse(text)
export { absent as stringifyAsync, absent as unflatten }
`
