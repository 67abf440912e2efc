import { accentIn } from '../colours.ts'
import { say } from '../reply.ts'
import { edit } from './change.ts'
import type { Change } from './change.ts'

/** Another accent: one token of the stylesheet, everything else follows it. */
export const colour: Change = {
  asks: (prompt) => accentIn(prompt) !== undefined,
  next({ prompt, moves, files, template }) {
    const path = template === 'react' ? 'src/index.css' : 'style.css'
    const old = /--(?:color-)?accent: light-dark\([^;]*\);/.exec(files.get(path) ?? '')?.[0]
    const accent = accentIn(prompt)
    if (old === undefined || accent === undefined) return undefined
    const changed = old.replace(/light-dark\(.*\)/, `light-dark(${accent.light}, ${accent.dark})`)
    if (changed === old) return [say(`The accent is ${accent.name} already, so I left it as it is.`)]
    if (moves === 1)
      return [say(`The accent is one token in \`${path}\`. I’ll make it ${accent.name}.`), edit(path, old, changed)]
    return [
      say(
        `The accent is ${accent.name} now, with a lighter one for dark screens. Buttons, marks and charts follow it.`,
      ),
    ]
  },
}
