import { call, say } from '../reply.ts'
import { hasHeader, placing, write } from './change.ts'
import type { Change } from './change.ts'

/** A button that removes everything, and asks once before it does. */
export const clearAll: Change = {
  asks: (prompt) =>
    /\b(?:clear|delete|remove|reset|emptie)s?[ -](?:it )?(?:all|every|the (?:list|board))|\b(?:clear|reset|delete)\b.*\bbutton\b/i.test(
      prompt,
    ),
  async next({ moves, files }) {
    const app = files.get('src/App.tsx')
    const state = /const \[(\w+), (set\w+)\] = useStored<\w+\[\]>/.exec(app ?? '')
    if (!hasHeader(app) || state === null) return undefined
    const [, list = '', set = ''] = state
    if (app.includes('<ClearAll')) return [say('There is a button for that in the header already.')]
    if (moves === 1) {
      return [
        say('I’ll write a small button that asks once before it clears anything.'),
        await write('src/components/ClearAll.tsx', 'ClearAll.tsx'),
      ]
    }
    const markup = `<ClearAll what="${list}" count={${list}.length} onClear={() => ${set}([])} />`
    if (moves === 2)
      return [say('Now it goes into the header.'), ...placing(app, { name: 'ClearAll', markup, place: 'inside' })]
    if (moves === 3) return [call('bash', { command: 'npm run check' })]
    return [
      say(
        `There is a “Clear all” button in the header now. It asks before it removes the ${list}, and is off while there are none.`,
      ),
    ]
  },
}
