import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { atRest } from '../../tests/templates/at-rest.ts'

/** Where the site keeps the pictures of its front page. */
export const album = join(import.meta.dirname, '../../web/src/lib/front/pictures')

export const schemes = ['light', 'dark'] as const

export interface Shot {
  /** The name of the file, without its ending. */
  name: string
  /** What of the page is shown, in its own pixels. */
  clip: { x: number; y: number; width: number; height: number }
  /** How many pixels wide the picture is. */
  width: number
}

/** Keeps a part of a page as it is seen, as WebP. */
export async function take(page: Page, { name, clip, width }: Shot): Promise<void> {
  await atRest(page)
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 82,
    clip: { ...clip, scale: width / clip.width },
  })
  await session.detach()
  await mkdir(album, { recursive: true })
  await writeFile(join(album, `${name}.webp`), Buffer.from(data, 'base64'))
}

const pixelsEach = 2

/** A window of that size, on a screen with two pixels for each of its own, where nothing moves. */
export const openWindow = (browser: Browser, viewport: { width: number; height: number }): Promise<Page> =>
  browser.newPage({ viewport, deviceScaleFactor: pixelsEach, reducedMotion: 'reduce' })
