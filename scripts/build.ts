import { execFile } from 'node:child_process'
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
  await whenStale({ name: 'web', from: [...shared, 'web/**/*'], says: 'Building the site.' }, buildSite)
}

async function buildSite(): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  await promisify(execFile)(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: join(root, 'web') })
}

if (import.meta.main) {
  await buildAll()
  await buildShowcase({ templatesDir: join(root, 'build') })
}
