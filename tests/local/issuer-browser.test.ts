import assert from 'node:assert/strict'
import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Auth0Client } from '@auth0/auth0-spa-js'
import { AxeBuilder } from '@axe-core/playwright'
import sparticuz from '@sparticuz/chromium'
import * as jose from 'jose'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { startIssuer, type Issuer } from '../../local/issuer/index.ts'
import { close, listen } from '../../local/listen.ts'
import { atRest } from '../templates/at-rest.ts'

const AUDIENCE = 'https://api.everjust.dev'

/** The smallest application: the vendor's SDK as it is shipped, and a client made as the site makes it. */
const page = (
  domain: string,
  silent: boolean,
) => `<!doctype html><title>app</title><script src="/sdk.js"></script><script>
const client = auth0.createAuth0Client({
  domain: '${domain}', clientId: 'everjust-web',
  ${silent ? '' : "useRefreshTokens: true, cacheLocation: 'localstorage',"}
  authorizationParams: {
    redirect_uri: location.origin + '/callback', audience: '${AUDIENCE}', scope: 'openid profile email offline_access',
  },
})
</script>`

declare const client: Promise<Auth0Client>

describe('the unmodified auth0-spa-js in a real browser', () => {
  let dataDir: string
  let issuer: Issuer
  let browser: Browser
  let context: BrowserContext
  let tab: Page
  let origin: string
  const app = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://app')
    if (pathname === '/sdk.js') {
      const file = new URL(import.meta.resolve('@auth0/auth0-spa-js/dist/auth0-spa-js.production.js'))
      response.setHeader('content-type', 'text/javascript')
      return response.end(await readFile(file))
    }
    response.setHeader('content-type', 'text/html')
    response.end(page(issuer.domain, searchParams.has('silent')))
  })

  before(async () => {
    origin = `http://localhost:${await listen(app, 0)}`
    dataDir = await mkdtemp(join(tmpdir(), 'everjust-issuer-'))
    issuer = await startIssuer({ dataDir, port: 0, audience: AUDIENCE, clientId: 'everjust-web', webOrigins: [origin] })
    browser = await chromium.launch({ executablePath: await sparticuz.executablePath(), args: ['--no-sandbox'] })
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    tab = await context.newPage()
    tab.setDefaultTimeout(10_000)
  })
  after(async () => {
    await browser?.close()
    await close(app)
    await issuer?.stop()
    await rm(dataDir, { recursive: true })
  })

  const openLogin = async () => {
    await tab.goto(`${origin}/`)
    await tab.evaluate(async () => (await client).loginWithRedirect())
    await tab.waitForURL((url) => url.pathname === '/u/login')
  }
  const arrive = async () => {
    await tab.waitForURL((url) => url.origin === origin && url.searchParams.has('code'))
    return tab.evaluate(async () => {
      const auth = await client
      await auth.handleRedirectCallback()
      return { person: await auth.getUser(), token: await auth.getTokenSilently() }
    })
  }
  const verify = (token: string | undefined) =>
    jose.jwtVerify(token ?? '', jose.createRemoteJWKSet(new URL(issuer.jwksUrl)), {
      issuer: issuer.issuer,
      audience: AUDIENCE,
    })

  test('a wrong password is said in words, the right one arrives in the application', async () => {
    await openLogin()
    assert.equal(await tab.getByText('Local sign-in. These people exist only on this machine.').isVisible(), true)
    await tab.getByLabel('E-mail').fill('ada@example.com')
    await tab.getByLabel('Password').fill('wrong')
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click()
    assert.match((await tab.getByRole('alert').textContent()) ?? '', /do not match/)
    await tab.getByLabel('Password').fill('local')
    await tab.getByRole('button', { name: 'Sign in', exact: true }).click()
    const { person, token } = await arrive()
    assert.equal(person?.email, 'ada@example.com')
    assert.equal((await verify(token)).payload['https://everjust.dev/email'], 'ada@example.com')
  })

  test('a refresh gives another token, a reload keeps the person', async () => {
    const renewed = await tab.evaluate(async () => (await client).getTokenSilently({ cacheMode: 'off' }))
    await verify(renewed)
    await tab.goto(`${origin}/`)
    assert.equal(await tab.evaluate(async () => (await (await client).getUser())?.name), 'Ada Lovelace')
  })

  test('the session signs in again without a password, also in a silent frame', async () => {
    await tab.evaluate(() => localStorage.clear())
    await tab.goto(`${origin}/`)
    await tab.evaluate(async () => (await client).loginWithRedirect())
    assert.equal((await arrive()).person?.email, 'ada@example.com')
    await tab.goto(`${origin}/?silent`)
    const token = await tab.evaluate(async () => (await client).getTokenSilently())
    assert.equal((await verify(token)).payload['https://everjust.dev/email'], 'ada@example.com')
  })

  test('signing out ends the session; then one click signs somebody else in', async () => {
    await tab.goto(`${origin}/?leaving`)
    const left = tab.waitForURL(`${origin}/`)
    await tab.evaluate(async () => (await client).logout({ logoutParams: { returnTo: `${location.origin}/` } }))
    await left
    await tab.goto(`${origin}/?silent`)
    const refused = await tab.evaluate(async () =>
      (await client).getTokenSilently().then(
        () => 'still signed in',
        (cause: { error: string }) => cause.error,
      ),
    )
    assert.equal(refused, 'login_required')
    await openLogin()
    await tab.getByRole('button', { name: 'Grace Hopper' }).click()
    assert.equal((await arrive()).person?.email, 'grace@example.com')
  })

  test('the sign-in page is accessible, in light and dark, wide and narrow', async () => {
    await context.clearCookies()
    const seen: string[] = []
    tab.on('console', (message) => seen.push(message.text()))
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme })
      await openLogin()
      await atRest(tab)
      const { violations } = await new AxeBuilder({ page: tab }).analyze()
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]),
        [],
      )
      await keepScreenshot(tab, `issuer-${colorScheme}`)
    }
    await tab.setViewportSize({ width: 390, height: 844 })
    const wider = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    assert.equal(wider, 0)
    await keepScreenshot(tab, 'issuer-narrow')
    assert.deepEqual(
      seen.filter((line) => line.includes('Content Security Policy')),
      [],
    )
  })
})

const keepScreenshot = async (tab: Page, name: string): Promise<void> => {
  const folder = process.env.EVERJUST_SCREENSHOTS
  if (folder) await tab.screenshot({ path: join(folder, `${name}.png`) })
}
