import { openDataDir } from '../local/stack/data-dir.ts'
import { findRunning } from '../local/stack/running.ts'

/** `npm run token -- person@example.com`: an API access token of a local person, made on first use; good for an hour. */
const email = process.argv[2]
const running = await findRunning(openDataDir())
if (!email?.includes('@')) stop('Say whose token: npm run token -- person@example.com')
if (!running) stop('EverJust is not running here. Start it with npm start, then ask again.')

const answer = await fetch(`${running.control}/token?email=${encodeURIComponent(email)}`, {
  headers: { authorization: `Bearer ${running.secret}` },
})
const text = await answer.text()
if (!answer.ok) stop(text)
console.log(text)

function stop(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}
