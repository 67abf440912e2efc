import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { writtenFor } from '../local/model/scenario.ts'
import { scenarioFor } from '../local/model/scenarios/index.ts'
import { whenStale } from './fresh.ts'
import { installTemplates, type InstalledTemplate } from './install-templates.ts'
import { inOneFile } from './showcase/in-one-file.ts'
import { readSentences, type Sentence } from './showcase/sentences.ts'

const root = join(import.meta.dirname, '..')
const made = join(root, 'build/showcase')
const template = 'react'

/**
 * Builds the apps of the front page: for each sentence what the scripted model writes, over the template, by the
 * template's own build. Each becomes one page in the site, which reaches for nothing else. `templatesDir` holds
 * installed templates, or gets them.
 */
export async function buildShowcase({ templatesDir }: { templatesDir: string }): Promise<void> {
  await whenStale(
    {
      name: 'showcase',
      from: [
        'templates/react/**/*',
        'local/model/**/*',
        'scripts/build-showcase.ts',
        'scripts/showcase/**/*',
        'web/messages/en/front.json',
      ],
      says: 'Building the apps of the front page.',
    },
    async () => {
      const installed = await installTemplates({ dataDir: templatesDir })
      const react = installed.find(({ name }) => name === template)
      if (!react) throw new Error(`there is no template ${template}`)
      await rm(made, { recursive: true, force: true })
      // One after another: each build takes all processors by itself.
      for (const sentence of await readSentences()) await buildApp(sentence, react)
    },
  )
  // The site's own build empties its folder, so what was made before is put there again.
  await cp(made, join(root, 'web/build/showcase'), { recursive: true, preserveTimestamps: true })
}

async function buildApp({ name, sentence }: Sentence, { files, nodeModules }: InstalledTemplate): Promise<void> {
  const { title, files: written } = await writtenFor(scenarioFor({ prompt: sentence, template }), sentence)
  const folder = await mkdtemp(join(tmpdir(), 'everjust-showcase-'))
  try {
    await cp(files, folder, { recursive: true, filter: (path) => !/\/(node_modules|dist|\.vite)$/.test(path) })
    await symlink(nodeModules, join(folder, 'node_modules'))
    for (const { path, content } of written) await write(join(folder, path), content)
    const index = join(folder, 'index.html')
    await write(index, (await readFile(index, 'utf8')).replace(/<title>[^<]*/, `<title>${title}`))
    await promisify(execFile)(process.execPath, viteBuild, { cwd: folder })
    await write(join(made, name, 'index.html'), await inOneFile(join(folder, 'dist')))
    await write(join(made, name, 'code.json'), JSON.stringify(written))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** As `npm run build` of the template has it, with addresses that hold in any folder. */
const viteBuild = ['node_modules/vite/bin/vite.js', 'build', '--configLoader', 'native', '--base', './']

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
