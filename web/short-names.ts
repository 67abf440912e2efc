import type { Plugin } from 'vite'

/**
 * Scripts and styles are named by seven signs of their hash alone: the first page's script lists every file that another
 * page may need. What the page itself asks for by name, as its type, keeps it.
 */
export function shortNames(): Plugin {
  return {
    name: 'short-names',
    outputOptions: (options) => ({
      ...options,
      chunkFileNames: '_app/immutable/chunks/[hash:7].js',
      assetFileNames: ({ names: [name = ''] }) =>
        `_app/immutable/assets/${name.endsWith('.css') ? '' : '[name].'}[hash:7][extname]`,
    }),
  }
}
