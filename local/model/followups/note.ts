import { say } from '../reply.ts'
import type { ReplyBlock } from '../reply.ts'
import type { Turn } from '../turn.ts'
import { safe } from '../words.ts'
import { belowHeader, hasHeader, placing, write } from './change.ts'

const limits =
  'A scripted demo knows a few changes: dark mode, another colour, another name, one more field, a button that clears everything. For anything else a real model is needed: set ANTHROPIC_API_KEY in the file .env and start again.'

/** What is done with a wish no script knows: it is kept, visibly, in the app itself, and nothing is pretended. */
export async function note({ prompt, moves, files, template }: Turn): Promise<ReplyBlock[]> {
  const path = template === 'react' ? 'src/App.tsx' : 'index.html'
  const page = files.get(path)
  const wish = safe(prompt).slice(0, 120).trim()
  if (!hasHeader(page)) return [say(`I read the project but changed nothing. ${limits}`)]
  if (template === 'static') {
    if (moves > 1) return [say(kept(wish))]
    return [
      say('No script knows this change. I’ll note it on the page instead.'),
      ...belowHeader(path, page, `<p class="note">Asked for: ${wish}</p>`),
    ]
  }
  const isNew = !page.includes('<RequestNote')
  if (moves === 1) {
    return [
      say('No script knows this change. I’ll pin your wish to the page, so that it is not lost.'),
      await write('src/components/RequestNote.tsx', 'RequestNote.tsx', { wish }),
    ]
  }
  if (moves === 2 && isNew) return placing(page, { name: 'RequestNote', markup: '<RequestNote />', place: 'below' })
  return [say(kept(wish))]
}

const kept = (wish: string): string => `The page shows a note now: “${wish}”. The change itself was not made. ${limits}`
