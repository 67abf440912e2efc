import type { Page } from 'playwright-core'

/** Waits until no colour or size of the page is on its way to another: what axe measures in between belongs to neither. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // Two frames: a change of the colour scheme starts its transitions with the next one.
    for (let frame = 0; frame < 2; frame++) await new Promise((drawn) => requestAnimationFrame(drawn))
    const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(transitions.map(({ finished }) => finished))
  })
}
