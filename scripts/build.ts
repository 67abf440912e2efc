import { execFile } from 'node:child_process'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildFunctions } from './build-functions.ts'
import { buildSandbox } from './build-sandbox.ts'
import { buildShowcase } from './build-showcase.ts'
import { whenStale } from './fresh.ts'

const root = join(import.meta.dirname, '..')
const shared = ['package-lock.json', 'lib/**/*', 'scripts/*']

/** Makes what is deployed and what the local stack runs, each part only when its sources changed. */
export async function buildAll(): Promise<void> {
  await whenStale(
    { name: 'functions', from: [...shared, 'packages/**/*', 'project.yml'], says: 'Building the functions.' },
    async () => void (await buildFunctions()),
  )
  await whenStale(
    { name: 'sandbox', from: [...shared, 'sandbox/**/*'], says: 'Building the runner and the live gateway.' },
    async () => void (await buildSandbox()),
  )
  await whenStale({ name: 'web', from: [...shared, ...site], says: 'Building the site.' }, buildSite)
}

/** Not `project.inlang`: the compiler of the messages writes its settings anew whenever it reads them. */
const site = ['web/*', 'web/{src,static,messages}/**/*']

async function buildSite(): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'web') })
  await askForFontAtOnce(join(root, 'web/build'))
}

/** The page's type comes along with its scripts: one that comes after the words are drawn moves them. */
async function askForFontAtOnce(site: string): Promise<void> {
  const [font] = await Array.fromAsync(glob('_app/immutable/assets/geist-latin-wght-normal.*.woff2', { cwd: site }))
  if (font === undefined) throw new Error('The built site has no font of the name that its page asks for.')
  const page = join(site, 'index.html')
  const link = `<link rel="preload" href="/${font}" as="font" type="font/woff2" crossorigin />`
  await writeFile(page, (await readFile(page, 'utf8')).replace('</head>', `${link}</head>`))
}

if (import.meta.main) {
  await buildAll()
  await buildShowcase({ templatesDir: join(root, 'build') })
}
