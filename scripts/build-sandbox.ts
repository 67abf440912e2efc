import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles what runs inside a sandbox to one file each: `build/sandbox/{runner,live,tools,browser,preview}.js`. Answers the folder. */
export async function buildSandbox({ outdir = `${root}build/sandbox` } = {}): Promise<string> {
  await Promise.all([buildPrograms(outdir), buildPageScript(outdir)])
  return outdir
}

async function buildPrograms(outdir: string) {
  await build({
    absWorkingDir: root,
    entryPoints: {
      runner: 'sandbox/runner/main.ts',
      live: 'sandbox/live/main.ts',
      tools: 'sandbox/tools/main.ts',
      replay: 'sandbox/replay/main.ts',
      browser: 'sandbox/browser/main.ts',
      preview: 'sandbox/preview/main.ts',
      'preview-static': 'sandbox/preview/static.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // No package.json lies beside these files in a sandbox, where a `.js` file is CommonJS at once.
    format: 'cjs',
    // ws tries these native extras and does without.
    external: ['bufferutil', 'utf-8-validate'],
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  })
}

/** What pages run in the preview. */
async function buildPageScript(outdir: string) {
  await build({
    absWorkingDir: root,
    entryPoints: { 'preview-page': 'sandbox/preview/page/main.ts' },
    outdir,
    bundle: true,
    platform: 'browser',
    target: 'es2024',
    format: 'iife',
    minify: true,
    logLevel: 'warning',
  })
}

if (import.meta.main) {
  const started = performance.now()
  await buildSandbox()
  console.log(`Built the sandbox programs in ${Math.round(performance.now() - started)} ms.`)
}
