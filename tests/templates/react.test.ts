import assert from 'node:assert/strict'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import type { AddressInfo } from 'node:net'
import { complaintsOf, openBrowser } from './browser.ts'
import { fileExists, makeProject } from './project.ts'

test('the react template checks and builds, and writes nothing into the shared dependencies', async () => {
  await using project = await makeProject('react')
  const before = await readdir(project.nodeModules)

  await project.script('check')
  await project.script('build')

  assert.equal(await fileExists(join(project.folder, 'dist/index.html')), true)
  assert.deepEqual(await readdir(project.nodeModules), before)
})

test('the react template refuses a type error with file and line', async () => {
  await using project = await makeProject('react')
  await writeFile(join(project.folder, 'src/wrong.ts'), 'export const count: number = "three"\n')

  await assert.rejects(project.script('check'), /src\/wrong\.ts[(:]1/)
})

test('a page of the react template changes without a reload when a file is saved', async () => {
  await using project = await makeProject('react')
  await using browser = await openBrowser()
  const before = await readdir(project.nodeModules)
  const { url } = await project.dev()
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  await page.goto(url)
  await page.getByRole('heading', { name: 'Your app will appear here' }).waitFor()
  await page.evaluate('window.untouched = true')

  const app = join(project.folder, 'src/App.tsx')
  const source = await readFile(app, 'utf8')
  await writeFile(app, source.replace('Your app will appear here', 'Hello from the test'))

  await page.getByRole('heading', { name: 'Hello from the test' }).waitFor()
  assert.equal(await page.evaluate('window.untouched'), true)
  assert.deepEqual(complaints, [])
  assert.deepEqual(await readdir(project.nodeModules), before)
})

test('saved files show through a proxy with a host name of its own', async () => {
  await using project = await makeProject('react')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  await using proxy = await startProxy(Number(new URL(url).port))
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`http://5173-token.preview.localhost:${proxy.port}/`)
  await page.getByRole('heading', { name: 'Your app will appear here' }).waitFor()

  const app = join(project.folder, 'src/App.tsx')
  await writeFile(app, (await readFile(app, 'utf8')).replace('Your app will appear here', 'Through the proxy'))

  await page.getByRole('heading', { name: 'Through the proxy' }).waitFor()
  assert.deepEqual(complaints, [])
})

// Passes requests and WebSockets on with the browser's Host header, as the preview does.
async function startProxy(target: number): Promise<AsyncDisposable & { port: number }> {
  const server = createServer((incoming, response) => {
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  })
  server.on('upgrade', (incoming, socket) => {
    const onward = request({ host: '127.0.0.1', port: target, path: incoming.url, headers: incoming.headers })
    onward.on('upgrade', (answer, far) => {
      const lines = answer.rawHeaders.flatMap((name, at, all) =>
        at % 2 === 0 ? [`${name}: ${all[at + 1] ?? ''}`] : [],
      )
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      far.pipe(socket).on('error', () => far.destroy())
      socket.pipe(far).on('error', () => socket.destroy())
    })
    onward.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a file that is replaced twice in a moment shows its last state', async () => {
  await using project = await makeProject('react')
  await using browser = await openBrowser()
  const { url } = await project.dev()
  const page = await browser.newPage()
  await page.goto(url)
  const app = join(project.folder, 'src/App.tsx')
  const source = await readFile(app, 'utf8')
  for (const round of [1, 2, 3]) {
    for (const words of [`Draft ${round}`, `State ${round}`]) {
      await writeFile(`${app}.new`, source.replace('Your app will appear here', words))
      await rename(`${app}.new`, app)
    }
    await page.getByRole('heading', { name: `State ${round}` }).waitFor()
  }
})
