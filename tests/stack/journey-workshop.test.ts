import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../templates/browser.ts'
import { openStack } from './open-stack.ts'
import { openPerson } from './person.ts'
import { stepsOf } from './steps.ts'

test('how a person works in the sandbox of a project', { timeout: 600_000 }, async (t) => {
  const stack = await openStack(t)
  const browser = await openBrowser()
  t.after(() => browser.close())
  const ada = await openPerson(browser, stack.url)
  const { page, button } = ada
  page.setDefaultTimeout(60_000)
  const terminal = page.getByRole('region', { name: 'Terminal' })
  const rows = terminal.locator('.xterm-rows:visible')
  const type = async (line: string) => {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  const openTerminal = async () => {
    await page.getByRole('tab', { name: 'Console' }).first().click()
    await page.getByRole('tab', { name: 'Terminal' }).click()
  }
  const step = stepsOf(t, stack)

  await step('types in a terminal and sees what it answers', async () => {
    await page.goto(stack.url)
    await ada.signIn('Ada Lovelace')
    await page.getByLabel('What should be built?').fill('a habit tracker with streaks')
    await page.keyboard.press('Enter')
    await page.getByRole('banner').getByText('checks pass').waitFor()
    await openTerminal()
    await rows.getByText('project $').waitFor()
    await type('printf "\\033[1;31mred\\033[0m \\033[38;2;20;120;90mown\\033[0m "; id -un; ls')
    await rows.getByText('package.json').waitFor()
    await rows.getByText('red own app').waitFor()
    const look = (text: string) =>
      rows.getByText(text, { exact: true }).evaluate((cell) => {
        const { color, fontFamily } = getComputedStyle(cell)
        return { color, fontFamily, there: document.fonts.check(`13px ${fontFamily}`) }
      })
    const [own, name] = [await look('own'), await look('red')]
    assert.equal(own.color, 'rgb(20, 120, 90)')
    assert.notEqual(own.color, name.color)
    assert.match(own.fontFamily, /Geist Mono/)
    assert.equal(own.there, true)
    await ada.lookAt('workshop-1-terminal')
  })

  await step('stops output without end, and finds the shell again after a reload', async () => {
    await type('KEPT=yes; yes')
    await rows.getByText('y', { exact: true }).first().waitFor()
    await page.keyboard.press('Control+c')
    await type('clear; echo "kept: $KEPT"')
    await rows.getByText('kept: yes').waitFor()
    await page.reload()
    await openTerminal()
    await rows.getByText('kept: yes').waitFor()
    await type('echo "still: $KEPT"')
    await rows.getByText('still: yes').waitFor()
  })

  await step('opens a second shell and ends it, by keyboard alone', async () => {
    await page.keyboard.press('Shift+Escape')
    assert.equal(await button('Shell 1').evaluate((element) => element === document.activeElement), true)
    await ada.tabTo(button('Open another shell'))
    await page.keyboard.press('Enter')
    await rows.getByText('project $').waitFor()
    await type('exit')
    await terminal.getByText('The shell ended with code 0.').waitFor()
    await ada.lookAt('workshop-2-ended')
    await button('Open a new shell').click()
    await rows.getByText('project $').waitFor()
    await button('End shell 2').click()
    await button('Shell 2').waitFor({ state: 'detached' })
  })

  await step('chooses for how long the sandbox stays, and starts it again with that', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click()
    const settings = page.getByRole('region', { name: 'Sandbox' })
    await settings.getByLabel('Stop when nobody used it for').selectOption('5 minutes')
    await settings.getByLabel('Further hosts, one a line').fill('not a host!')
    await settings.getByText('is not the name of a host').waitFor()
    await settings.getByLabel('Further hosts, one a line').fill('api.example.com')
    await settings.getByRole('button', { name: 'Save' }).click()
    await settings.getByText('It runs with other settings.').waitFor()
    await ada.lookAt('workshop-3-sandbox')
    await settings.getByRole('button', { name: 'Start it again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start it again' }).click()
    await settings.getByText('It runs with other settings.').waitFor({ state: 'detached' })
    await settings.getByText('sandbox running').waitFor()
  })

  await step('sees what the project used, and comes to it by its address', async () => {
    await page.goto(`${page.url().split('?')[0]}?settings=usage`)
    const usage = page.getByRole('region', { name: 'Usage and costs' })
    await usage.getByRole('img', { name: /^Costs by day/ }).waitFor()
    await usage.getByText('simulated: no money was spent').waitFor()
    await usage.getByText('As a table').click()
    assert.equal(await usage.getByRole('table').count(), 2)
    await ada.lookAt('workshop-4-usage')
  })

  await step('complains about nothing', async () => {
    assert.deepEqual(ada.complaints, [])
  })
})
