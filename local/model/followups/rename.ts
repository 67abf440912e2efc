import { call, say } from '../reply.ts'
import { newNameIn } from '../words.ts'
import { editAll } from './change.ts'
import type { Change } from './change.ts'

/** Another title, wherever the old one stands. */
export const rename: Change = {
  asks: (prompt) =>
    /\b(?:rename|call (?:it|this|the app)|(?:change|set) (?:its|the) (?:title|name)|new (?:title|name))\b/i.test(
      prompt,
    ),
  next({ prompt, moves, files, matches, template }) {
    const name = newNameIn(prompt)
    const old = /<title>([^<]*)<\/title>/.exec(files.get('index.html') ?? '')?.[1]
    if (name === undefined || old === undefined) return undefined
    if (template === 'static' && moves === 1)
      return [say('It stands in the page itself.'), editAll('index.html', old, name)]
    if (template === 'react' && moves === 1) {
      return [
        say(`Let me find where “${old}” stands.`),
        call('grep', { pattern: old.replace(/[.+]/g, '\\$&'), path: 'src' }),
      ]
    }
    if (template === 'react' && moves === 2) {
      const places = ['index.html', ...new Set(matches)]
      return [say('I’ll rename it there.'), ...places.map((path) => editAll(path, old, name))]
    }
    return [say(`It is called “${name}” now, in the heading and in the browser’s tab.`)]
  },
}
