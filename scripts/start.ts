import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { LOCAL_PASSWORD } from '../local/issuer/index.ts'
import { startControl } from '../local/stack/control.ts'
import { openDataDir } from '../local/stack/data-dir.ts'
import { readerOf } from '../local/stack/reader.ts'
import { announce, findRunning, withdraw } from '../local/stack/running.ts'
import { startStack, type Stack } from '../local/stack/start.ts'
import { buildInTerminal } from '../local/terminal/build.ts'
import { buildAll } from './build.ts'
import { buildShowcase } from './build-showcase.ts'
import { readSettings } from './settings.ts'

const usualPort = 4700
const patience = 10_000

/** `npm start`, and `npm start -- "a habit tracker"`, which also builds that app and shows how. */
async function main(sentence: string): Promise<void> {
  const dataDir = openDataDir()
  const running = await findRunning(dataDir)
  if (running) {
    console.log(`EverJust runs already: ${running.url}`)
    if (sentence) await buildInTerminal({ url: running.url, token: () => tokenFrom(running), sentence })
    return
  }
  await buildAll()
  const stack = await startOn(dataDir)
  // After the start, which installs the templates. A page without its examples is no reason not to start.
  await buildShowcase({ templatesDir: dataDir }).catch((error: unknown) =>
    console.error(`The apps of the front page could not be built: ${String(error)}`),
  )
  const control = await startControl({
    issueToken: stack.issueToken,
    ownerUrl: stack.standIns.postgres?.ownerUrl,
    readerOf: async (id) => stack.standIns.postgres && readerOf(stack.standIns.postgres.ownerUrl, id),
  })
  await announce(dataDir, { pid: process.pid, url: stack.url, control: control.url, secret: control.secret })
  stopOnSignals(async () => {
    withdraw(dataDir)
    await control.stop()
    await stack.stop()
  })
  welcome(stack)
  if (sentence) await buildInTerminal({ url: stack.url, token: () => stack.issueToken('ada@example.com'), sentence })
}

async function startOn(dataDir: string): Promise<Stack> {
  const log = createWriteStream(join(dataDir, 'functions.log'), { flags: 'a', mode: 0o600 })
  return startStack({
    dataDir,
    port: portWanted(),
    settings: readSettings(),
    say: (line) => console.log(line),
    onLog: (line) => log.write(`${line}\n`),
  })
}

function portWanted(): number {
  const given = process.env['EVERJUST_PORT'] ?? String(usualPort)
  const port = Number(given)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`EVERJUST_PORT is "${given}"; it takes a port from 0 to 65535.`)
  return port
}

async function tokenFrom({ control, secret }: { control: string; secret: string }): Promise<string> {
  const answer = await fetch(`${control}/token?email=ada@example.com`, {
    headers: { authorization: `Bearer ${secret}` },
  })
  return answer.text()
}

function welcome({ url, standIns, environment }: Stack): void {
  console.log(`EverJust is ready: ${url}`)
  const people = standIns.issuer?.people() ?? []
  if (people.length > 0)
    console.log(
      `Sign in as ${people.map(({ email, tier }) => `${email} (${tier})`).join(', ')}; password ${LOCAL_PASSWORD}.`,
    )
  if (standIns.post) console.log(`Mail to people lies in the mailbox: ${standIns.post.url}`)
  if (environment['MODEL'] === 'scripted-1')
    console.log('No model key is set, so a scripted demo answers: no model. See .env.example.')
  console.log('Ctrl-C stops everything; what you made stays.')
}

function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      console.log('\nStopping.')
      setTimeout(() => process.exit(1), patience).unref()
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
}

main(process.argv.slice(2).join(' ').trim()).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
