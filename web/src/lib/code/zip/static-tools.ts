import type { Brought } from './brought.ts'
import type { Written } from '#lib/code/draft/draft-shapes.ts'

const folder = '../../../../../templates/static/'
const tools = import.meta.glob<string>(
  [
    '../../../../../templates/static/package.json',
    '../../../../../templates/static/package-lock.json',
    '../../../../../templates/static/tools/*.js',
  ],
  { query: '?raw', import: 'default' },
)

/** What lets bare pages run by themselves, where nothing they came with has the same name. */
export async function staticTools({ files }: Brought): Promise<Written[]> {
  const taken = new Set(files.map(({ path }) => path))
  const missing = Object.entries(tools).flatMap(([from, text]) => {
    const path = from.slice(folder.length)
    return taken.has(path) ? [] : [{ path, text }]
  })
  return Promise.all(
    missing.map(async ({ path, text }) => ({ path, bytes: new TextEncoder().encode(await text()), mode: '100644' })),
  )
}
