import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Vite from 'vite'
import type { ViteStart } from './dev-script.ts'
import { previewPlugins } from './vite-plugins.ts'

/**
 * `preview.js <start>`: the project's own Vite with the project's own settings, and pages that talk with the window around
 * them. Nothing of it lies in the project, and nothing of it is in what is built.
 */
async function main(start: ViteStart) {
  const vite = await ownVite()
  const { configLoader, config, mode, base, ...server } = start
  const options = { configLoader, configFile: config, mode, base, server, plugins: previewPlugins(vite) }
  const running = await vite.createServer(without(options))
  await running.listen()
  running.printUrls()
}

/** Before 7 what `require` finds is another module, which makes its functions as it runs: names of it are not seen. */
async function ownVite(): Promise<typeof Vite> {
  const own = createRequire(join(process.cwd(), 'package.json')).resolve('vite')
  const found = (await import(pathToFileURL(own).href)) as typeof Vite | { default: typeof Vite }
  return 'createServer' in found ? found : found.default
}

/** What is not said stands in the project's own settings. */
const without = (options: Record<string, unknown>): Vite.InlineConfig =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))

main(JSON.parse(process.argv[2] ?? '{}') as ViteStart).catch((error: unknown) => {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
})
