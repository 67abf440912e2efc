import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { freePort, isFree, listen } from '../../local/listen.ts'

const run = promisify(execFile)
const listening = new URL('../../local/listen.ts', import.meta.url).href
const tenPorts = `const { freePort } = await import(${JSON.stringify(listening)})
const ports = []
while (ports.length < 10) ports.push(await freePort())
console.log(JSON.stringify(ports))`

test('processes that look for ports at the same moment are told of different ones, none of which a connection takes', async () => {
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => run(process.execPath, ['--input-type=module', '--eval', tenPorts])),
  )
  const ports = answers.flatMap(({ stdout }) => JSON.parse(stdout) as number[])
  assert.equal(new Set(ports).size, 60)
  assert.deepEqual(
    ports.filter((port) => port < 1_024 || port >= 32_768),
    [],
  )
})

test('a port is free until somebody listens on it', async (t) => {
  const port = await freePort()
  assert.equal(await isFree(port), true)
  const server = createServer()
  t.after(() => server.close())
  await listen(server, port)
  assert.equal(await isFree(port), false)
})
