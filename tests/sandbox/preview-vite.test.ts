import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../local/listen.ts'
import { buildSandbox } from '../../scripts/build-sandbox.ts'
import { takesConnections } from '../world/takes-connections.ts'
import { until } from '../world/until.ts'

const real = import.meta.resolve('vite')
const page =
  '<!doctype html><html><head></head><body><h1>Tea</h1><script type="module" src="/main.jsx"></script></body>'
const project = {
  'package.json': '{"name":"tea","type":"module"}',
  'index.html': page,
  'main.jsx': '/* @jsxRuntime classic *//* @jsx h */\nconst h = String\nexport const tea = () => <p>Tea</p>\n',
}

/** Packages named `vite` that are the real one in all but the shape that theirs had. */
const shapes = {
  // `require` finds another module than `import`, one whose functions are not seen as names of a module.
  'up to 6': {
    'package.json': JSON.stringify({
      name: 'vite',
      type: 'module',
      exports: { '.': { import: './index.js', require: './index.cjs' } },
    }),
    'index.js': `export { createServer } from ${JSON.stringify(real)}\n`,
    'index.cjs':
      "for (const name of ['createServer']) exports[name] = (...args) => import('./index.js').then((m) => m[name](...args))\n",
  },
  '7': {
    'package.json': JSON.stringify({ name: 'vite', type: 'module', exports: { '.': './index.js' } }),
    'index.js': `export { createServer } from ${JSON.stringify(real)}\n`,
  },
  'of today': {
    'package.json': JSON.stringify({ name: 'vite', type: 'module', exports: { '.': './index.js' } }),
    'index.js': `export * from ${JSON.stringify(real)}\n`,
  },
}

function write(folder: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

async function start(t: TestContext, vite: Record<string, string>): Promise<string> {
  const root = mkdtempSync(fileURLToPath(new URL('../../build/preview-', import.meta.url)))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  write(root, project)
  write(join(root, 'node_modules/vite'), vite)
  const port = await freePort()
  const args = [join(programs, 'preview.js'), JSON.stringify({ port, host: '127.0.0.1', strictPort: true })]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const answers = () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${said}`)
    return takesConnections(port)
  }
  await until(answers, Boolean)
  return `http://127.0.0.1:${port}`
}

const programs = mkdtempSync('/var/tmp/everjust-preview-')
process.on('exit', () => rmSync(programs, { recursive: true, force: true }))
await buildSandbox({ outdir: programs })

for (const [name, vite] of Object.entries(shapes)) {
  test(`the preview shows a project with a Vite ${name}, and its pages have our script`, async (t) => {
    const origin = await start(t, vite)
    const html = await (await fetch(`${origin}/`, { headers: { accept: 'text/html' } })).text()
    assert.match(html, /<script src="\/@everjust\/page\.js"/)
    assert.match(html, /<h1 data-ej-source="index\.html:1:\d+">/)
    const module = await fetch(`${origin}/main.jsx`)
    assert.equal(module.status, 200)
    // Where Vite cannot parse, elements of modules have no place.
    assert.equal((await module.text()).includes('data-ej-source'), name === 'of today')
    assert.equal((await fetch(`${origin}//`)).status < 500, true)
  })
}
