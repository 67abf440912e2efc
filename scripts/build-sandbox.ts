import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles what runs inside a sandbox to one file each, `build/sandbox/<program>.js`. Answers the folder. */
export async function buildSandbox({ outdir = `${root}build/sandbox` } = {}): Promise<string> {
  await Promise.all([buildPrograms(outdir), buildPageScript(outdir)])
  await copyTerminals(outdir)
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
      'preview-older': 'sandbox/preview/older.ts',
      shell: 'sandbox/shell/main.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // No package.json lies beside these files in a sandbox, where a `.js` file is CommonJS at once.
    format: 'cjs',
    // ws tries these native extras and does without.
    external: ['bufferutil', 'utf-8-validate'],
    plugins: [besideTheBundle],
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

/** What opens terminals is a program of the machine's own, one for each kind of machine a sandbox may be on. */
async function copyTerminals(outdir: string): Promise<void> {
  for (const platform of ['linux-x64', 'linux-arm64']) {
    const from = `${root}node_modules/@lydell/node-pty-${platform}/pty.node`
    if (existsSync(from)) await copyFile(from, `${outdir}/pty-${platform}.node`)
  }
}

/** The library looks for its program in a package beside it; ours lies beside the bundle. Without it no terminal opens, and all else goes on. */
const besideTheBundle: Plugin = {
  name: 'terminals',
  setup(build) {
    build.onLoad({ filter: /node-pty[\\/]requireBinary\.js$/ }, () => ({
      contents: `exports.requireBinary = () => {
        try { return require(__dirname + '/pty-' + process.platform + '-' + process.arch + '.node') } catch { return {} }
      }`,
    }))
  },
}

if (import.meta.main) {
  const started = performance.now()
  await buildSandbox()
  console.log(`Built the sandbox programs in ${Math.round(performance.now() - started)} ms.`)
}
