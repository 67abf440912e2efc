import assert from 'node:assert/strict'
import { test } from 'node:test'
import { viteStartOf, type ViteStart } from '../../sandbox/preview/dev-script.ts'

const known: [string, ViteStart][] = [
  ['vite', {}],
  ['vite --configLoader native', { configLoader: 'native' }],
  ['vite dev --port=4000 --host --strictPort', { port: 4000, host: true, strictPort: true }],
  ['vite --host 0.0.0.0 -c vite.dev.ts', { host: '0.0.0.0', config: 'vite.dev.ts' }],
]

for (const [script, start] of known) {
  test(`the preview starts the project's Vite itself: ${script}`, () => assert.deepEqual(viteStartOf(script), start))
}

for (const script of [
  'node tools/dev.js',
  'vite build',
  'vite --force',
  'vite && echo',
  'PORT=1 vite',
  'tsc & vite',
  '',
]) {
  test(`what is not plain Vite runs as it stands: "${script}"`, () => assert.equal(viteStartOf(script), undefined))
}
