import { say } from '../reply.ts'
import { newNameIn } from '../words.ts'
import { editAll } from './change.ts'
import type { Change } from './change.ts'

/** Another title, wherever the old one stands. */
export const rename: Change = {
  asks: (prompt) =>
    /\b(?:rename|call (?:it|this|the app)|(?:change|set) (?:its|the) (?:title|name)|new (?:title|name))\b/i.test(
      prompt,
    ),
  next({ prompt, moves, files }) {
    const name = newNameIn(prompt)
    const old = /<title>([^<]*)<\/title>/.exec(files.get('index.html') ?? '')?.[1]
    if (name === undefined || old === undefined) return undefined
    if (moves > 1) return [say(`It is called “${name}” now, in the heading and in the browser’s tab.`)]
    const places = [...files].filter(([, text]) => text.includes(old))
    const where = places.length === 1 ? 'one file' : `${places.length} files`
    return [
      say(`“${old}” stands in ${where}. I’ll rename it there.`),
      ...places.map(([path]) => editAll(path, old, name)),
    ]
  },
}
