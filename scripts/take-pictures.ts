import { join } from 'node:path'
import { openBrowser } from '../tests/templates/browser.ts'
import { buildAll } from './build.ts'
import { buildShowcase } from './build-showcase.ts'
import { pictureApps } from './pictures/apps.ts'
import { pictureIcons } from './pictures/icons.ts'
import { pictureWorkbench } from './pictures/workbench.ts'

/** `npm run pictures`: takes the pictures of the front page anew, after what they show has changed. */
const templatesDir = join(import.meta.dirname, '../build')

async function main(): Promise<void> {
  await buildAll()
  await buildShowcase({ templatesDir })
  const browser = await openBrowser()
  try {
    await pictureIcons(browser)
    await pictureApps(browser)
    await pictureWorkbench(browser, templatesDir)
  } finally {
    await browser.close()
  }
}

await main()
