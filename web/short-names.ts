import type { Plugin } from 'vite'

/**
 * Files are named by five signs of their hash alone. The first page's script lists every file that another page may need,
 * so that names weigh a kilobyte there; five signs tell 2³⁰ files apart.
 */
export function shortNames(): Plugin {
  return {
    name: 'short-names',
    outputOptions: (options) => ({
      ...options,
      chunkFileNames: '_app/immutable/chunks/[hash:7].js',
      assetFileNames: '_app/immutable/assets/[hash:7][extname]',
    }),
  }
}
