import { startChromium, type Chromium } from './chromium.ts'
import { Hung, look } from './look.ts'
import { Look, type Looked } from './wire.ts'

/**
 * Looks at pages for its runner, as the user that generated code runs as. The browser is started at once, and anew after
 * a page has hung it.
 */
function main(program: string) {
  let browser: Promise<Chromium> | undefined
  const open = () => (browser ??= startChromium(program))
  const close = async () => {
    const closing = browser
    browser = undefined
    await closing?.then(
      (chromium) => chromium.close(),
      () => undefined,
    )
  }
  open().catch(() => undefined)

  process.on('message', (message) => void answer(Look.parse(message)))
  process.on('disconnect', () => void close().finally(() => process.exit(0)))

  async function answer({ id, url }: Look) {
    const say = (looked: Looked) => process.send?.(looked)
    try {
      say({ id, sight: await look(await open(), url) })
    } catch (error) {
      await close()
      const problem = error instanceof Error ? error.message.slice(0, 2_000) : 'The browser failed.'
      say({ id, problem, hung: error instanceof Hung })
    }
  }
}

main(process.argv[2] ?? '')
