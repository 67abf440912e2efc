import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { BuildOptions, Metafile, OutputFile, Plugin } from 'esbuild'
import { layOutDeployment } from './deployment.ts'
import { listFunctions, requireCode } from './function-folders.ts'
import { reportBundles } from './function-report.ts'
import type { FunctionReport } from './function-report.ts'
import { leftOut } from './left-out.ts'
import { unusedStores, withoutStores } from './unused-stores.ts'

export type FunctionsBuild = {
  /** Only these functions, as `package/name`. */
  only?: string[]
  /** The folder that holds project.yml and packages/; the repository when missing. */
  root?: string
}

const repository = fileURLToPath(new URL('..', import.meta.url))

/**
 * Bundles every function of project.yml to `build/functions/<package>/<name>/index.js` and lays out `build/deploy`.
 * Throws when a declared function has no code, and when a folder of packages/ is not declared.
 */
export async function buildFunctions({ only, root = repository }: FunctionsBuild = {}): Promise<FunctionReport[]> {
  const declared = await listFunctions(root)
  const addresses = only ?? declared
  requireCode(root, addresses)
  const outdir = join(root, 'build/functions')
  const whole = await bundle(root, addresses)
  const lighter = await Promise.all(addresses.map((address) => withUsedStores(root, address, whole.metafile)))
  const built = lighter.filter((each) => each !== undefined)
  const files = [whole, ...built].flatMap(({ outputFiles }) => outputFiles.map((file) => [file.path, file] as const))
  await Promise.all([...new Map(files).values()].map(writeChanged))
  const outputs = Object.assign({}, ...[whole, ...built].map(({ metafile }) => metafile.outputs)) as Metafile['outputs']
  const reports = reportBundles({ ...whole.metafile, outputs }, addresses)
  if (only) return reports
  await writeFile(join(outdir, 'meta.json'), `${JSON.stringify(reports, null, 2)}\n`)
  await layOutDeployment(root, addresses)
  return reports
}

const bundle = (root: string, addresses: readonly string[], plugins: Plugin[] = []) =>
  build({
    ...bundling,
    plugins: [...plugins, unindented(), leftOut()],
    absWorkingDir: root,
    entryPoints: Object.fromEntries(addresses.map((address) => [`${address}/index`, `packages/${address}/index.ts`])),
    outdir: join(root, 'build/functions'),
    metafile: true,
    write: false,
  })

/** A cold start reads all of a bundle, so it holds the stores alone that its function speaks of. */
async function withUsedStores(root: string, address: string, { outputs }: Metafile) {
  const output = outputs[`build/functions/${address}/index.js`]
  const unused = output && (await unusedStores(root, output))
  return unused && unused.size > 0 ? bundle(root, [address], [withoutStores(unused)]) : undefined
}

const unusedByDaytona = [
  '@aws-sdk/client-s3',
  '@aws-sdk/lib-storage',
  '@iarna/toml',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/instrumentation-http',
  '@opentelemetry/otlp-exporter-base',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/semantic-conventions',
  'expand-tilde',
  'fast-glob',
  'tar',
]

const bundling: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  // The platform evaluates the file and looks for a local `main` first: a dependency's own must stay hidden.
  format: 'iife',
  globalName: '__function',
  footer: {
    js: `function main(event, context) { return __function.main(event, context) } if (typeof exports !== 'undefined') exports.main = main`,
  },
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  // The ESM entry of this SDK fails to move files once it is bundled; what it loads lazily we never reach.
  // Its sockets are never opened, and weigh a tenth.
  alias: { '@daytonaio/sdk': daytonaEntry(), 'socket.io-client': join(repository, 'scripts/no-socket-io.ts') },
  external: unusedByDaytona,
}

/** The indentation of SQL is for those who read it here; no minifier takes it out of a string. */
function unindented(): Plugin {
  return {
    name: 'unindented',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]lib[/\\]store[/\\][^/\\]+\.ts$/ }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(/\n[ ]+/g, '\n'),
        loader: 'ts',
      }))
    },
  }
}

function daytonaEntry(): string {
  return createRequire(import.meta.url).resolve('@daytonaio/sdk')
}

/** Leaves a bundle alone that came out the same: its containers may live on. */
async function writeChanged({ path, contents }: OutputFile): Promise<void> {
  const before = await readFile(path).catch(() => undefined)
  if (before?.equals(contents)) return
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, contents)
}

if (import.meta.main) {
  const started = performance.now()
  const only = process.argv.slice(2)
  const reports = await buildFunctions(only.length > 0 ? { only } : {})
  for (const { address, bytes } of reports) console.log(`${String(Math.ceil(bytes / 1024)).padStart(6)} KB  ${address}`)
  console.log(`Built ${reports.length} functions in ${Math.round(performance.now() - started)} ms.`)
}
