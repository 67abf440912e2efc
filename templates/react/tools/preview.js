import { readFileSync } from 'node:fs'

const scripts = ['preview-errors.js', 'preview-pick.js']

/** While developing, pages report what fails in them, and let somebody point at an element, to the window around them. Builds hold nothing of it. */
export function preview() {
  return {
    name: 'everjust-preview',
    apply: 'serve',
    configureServer({ middlewares }) {
      for (const script of scripts) {
        middlewares.use(`/@everjust/${script}`, (_request, response) => {
          response.setHeader('content-type', 'text/javascript; charset=utf-8')
          response.setHeader('cache-control', 'no-store')
          response.end(readFileSync(new URL(script, import.meta.url)))
        })
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler: () =>
        scripts.map((script) => ({
          tag: 'script',
          attrs: { src: `/@everjust/${script}` },
          injectTo: 'head-prepend',
        })),
    },
  }
}
