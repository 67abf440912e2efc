import { asksForDark } from '../colours.ts'
import { call, say } from '../reply.ts'
import type { ReplyBlock } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { edit, hasHeader, placing, write } from './change.ts'
import type { Change } from './change.ts'

const root = ':root {\n  color-scheme: light dark;'
const themed = `:root[data-theme='light'] {\n  color-scheme: light;\n}\n\n:root[data-theme='dark'] {\n  color-scheme: dark;\n}\n\n${root}`

/** A switch between light and dark; or dark for good, when no switch was asked for. */
export const darkMode: Change = {
  asks: (prompt) => asksForDark(prompt) || /\b(?:night|light)[ -](?:mode|theme)|theme (?:toggle|switch)/i.test(prompt),
  next(turn) {
    const { template, files } = turn
    const css = files.get(template === 'react' ? 'src/index.css' : 'style.css') ?? ''
    if (css.includes('data-theme'))
      return [say('There is a switch for light and dark already: the button in the header.')]
    if (!css.includes(root)) return undefined
    if (!/\b(?:mode|toggle|switch|theme|button)\b/i.test(turn.prompt)) return alwaysDark(turn)
    return template === 'react' ? reactToggle(turn) : staticToggle(turn)
  },
}

function alwaysDark({ template, moves }: Turn): ReplyBlock[] {
  if (moves > 1) return [say('It is dark now, on every screen. Ask for “a dark mode switch” to let people choose.')]
  const path = template === 'react' ? 'src/index.css' : 'style.css'
  return [
    say('Every colour is a light and dark pair, so this is one line.'),
    edit(path, root, root.replace('light ', '')),
  ]
}

async function reactToggle({ moves, files }: Turn): Promise<ReplyBlock[] | undefined> {
  const app = files.get('src/App.tsx')
  if (!hasHeader(app)) return undefined
  if (moves === 1) {
    return [
      say('The colours are light and dark pairs already. I’ll add a switch that decides which one counts.'),
      await write('src/components/ThemeToggle.tsx', 'ThemeToggle.tsx'),
      edit('src/index.css', root, themed),
    ]
  }
  if (moves === 2)
    return [
      say('Now it goes into the header.'),
      ...placing(app, { name: 'ThemeToggle', markup: '<ThemeToggle />', place: 'inside' }),
    ]
  if (moves === 3) return [call('bash', { command: 'npm run check' })]
  return [say(toggleDone)]
}

async function staticToggle({ moves, files }: Turn): Promise<ReplyBlock[] | undefined> {
  const page = files.get('index.html')
  const script = '<script type="module" src="script.js"></script>'
  if (!hasHeader(page) || !page.includes(script)) return undefined
  if (moves > 1) return [say(toggleDone)]
  return [
    say('The colours are light and dark pairs already. I’ll add a switch that decides which one counts.'),
    await write('scripts/theme.js', 'theme.js'),
    edit('style.css', root, themed),
    edit('index.html', script, `${script}\n    <script type="module" src="scripts/theme.js"></script>`),
  ]
}

const toggleDone =
  'There is a switch for light and dark in the header now. It begins with what the system prefers and remembers the choice. Try it, then reload.'
