import { relative, sep } from 'node:path'
import type * as Vite from 'vite'
import { markHtml } from './mark-html.ts'
import { markJsx } from './mark-jsx.ts'
import { pageScript, scriptPath, scriptTag } from './page-script.ts'

/** What a page of the dev server has in the preview alone: our script, first of all, and the place each element was written at. */
export function previewPlugins({ parseSync }: Partial<Pick<typeof Vite, 'parseSync'>>): Vite.Plugin[] {
  let root = process.cwd()
  const pathOf = (file: string) => relative(root, file).split(sep).join('/')
  return [
    {
      name: 'everjust:places',
      enforce: 'pre',
      configResolved: (config) => void (root = config.root),
      transform(code, id) {
        // Before 8 it could not: elements of the page alone have a place then.
        if (!parseSync) return
        const [file = '', query] = id.split('?', 2)
        const path = pathOf(file)
        if (query !== undefined || !/\.[jt]sx$/.test(file) || path.startsWith('..') || path.includes('node_modules/'))
          return
        return markJsx(code, { path, parse: (text) => parseSync(file, text).program })
      },
      transformIndexHtml: { order: 'pre', handler: (html, { path }) => markHtml(html, path.replace(/^\//, '')) },
    },
    {
      name: 'everjust:page',
      configureServer: ({ middlewares }) => {
        middlewares.use((request, response, next) => {
          const script = scriptAt(URL.parse(request.url ?? '/', 'http://app')?.pathname ?? '')
          if (script === undefined) return next()
          response.setHeader('content-type', 'text/javascript; charset=utf-8')
          response.setHeader('cache-control', 'no-store')
          response.end(script)
        })
      },
      transformIndexHtml: { order: 'post', handler: () => [{ ...scriptTag(), injectTo: 'head-prepend' }] },
    },
  ]
}

/** Projects made earlier bring scripts of their own, which would do everything twice: they are served empty. */
export const ofOld = ['/@everjust/preview-errors.js', '/@everjust/preview-pick.js']

function scriptAt(path: string): string | undefined {
  if (path.endsWith(scriptPath)) return pageScript()
  return ofOld.includes(path) ? '' : undefined
}
