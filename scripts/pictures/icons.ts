import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

const files = join(import.meta.dirname, '../../web/static')

/** The mark as systems want it for an installed app; the maskable one fills its square, for they cut its corners. */
const icons = [
  { name: 'icons/192', size: 192, mark: 1, plate: 'none' },
  { name: 'icons/512', size: 512, mark: 1, plate: 'none' },
  { name: 'icons/maskable-512', size: 512, mark: 0.86, plate: '#17624a' },
  { name: 'icons/apple-180', size: 180, mark: 0.92, plate: '#17624a' },
]

export async function pictureIcons(browser: Browser): Promise<void> {
  const svg = await readFile(join(files, 'favicon.svg'), 'utf8')
  await mkdir(join(files, 'icons'), { recursive: true })
  const page = await browser.newPage({ colorScheme: 'light' })
  for (const { name, size, mark, plate } of icons) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(`<style>
      body { margin: 0; display: grid; place-items: center; height: 100vh; background: ${plate} }
      svg { width: ${mark * 100}% }
    </style>${svg}`)
    await writeFile(join(files, `${name}.png`), await page.screenshot({ omitBackground: true }))
  }
  await page.close()
}
