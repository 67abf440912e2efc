import type { Page } from 'playwright-core'

/** Whether one reads light letters on a dark ground there, or dark ones on a light one. */
export async function groundOf(page: Page): Promise<'dark' | 'light'> {
  const [, , lightness] = (await page.evaluate(groundColour)).split(' ').map(Number)
  return (lightness ?? 1) < 0.5 ? 'dark' : 'light'
}

/** The hues of all that is coloured and can be seen, in whole degrees. */
export async function huesOf(page: Page): Promise<number[]> {
  const colours = await page.evaluate(visibleColours)
  return colours.map((colour) => Number(colour.split(' ')[0]))
}

// Run in the page. A canvas turns any way of writing a colour into bytes.
const hsl = `(() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  return (colour) => {
    context.clearRect(0, 0, 1, 1)
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255)
    const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
    const lightness = (most + least) / 2
    const range = most - least
    const saturation = range === 0 ? 0 : range / (1 - Math.abs(2 * lightness - 1))
    const turn = range === 0 ? 0 : most === r ? ((g - b) / range + 6) % 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4
    return [Math.round(turn * 60), saturation, lightness, a]
  }
})()`

const groundColour = `(() => {
  const hsl = ${hsl}
  const grounds = [document.body, document.documentElement].map((node) => hsl(getComputedStyle(node).backgroundColor))
  const ground = grounds.find(([, , , alpha]) => alpha > 0.5)
  if (ground) return ground.join(' ')
  return getComputedStyle(document.documentElement).colorScheme === 'dark' ? '0 0 0' : '0 0 1'
})()` as unknown as () => string

const visibleColours = `(() => {
  const hsl = ${hsl}
  const seen = new Set()
  for (const node of document.querySelectorAll('body *')) {
    if (node.getClientRects().length === 0) continue
    const { color, backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(node)
    for (const colour of [color, backgroundColor, borderTopColor, fill, stroke]) if (colour !== 'none') seen.add(colour)
  }
  return [...seen].map(hsl).filter(([, saturation, , alpha]) => saturation > 0.3 && alpha > 0.3).map((one) => one.join(' '))
})()` as unknown as () => string[]
