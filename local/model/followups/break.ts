import { call, say } from '../reply.ts'
import type { Change } from './change.ts'

/** Mistakes that `mend.ts` knows how to repair, and others that it does not. */
const mistakes = {
  react: {
    once: { path: 'src/slip.ts', content: "export const days: number = 'seven'\n" },
    twice: { path: 'src/broken.ts', content: "export const days: number = 'eight'\n" },
  },
  static: {
    once: { path: 'slip.js', content: 'const days = seven 7\n' },
    twice: { path: 'broken.js', content: 'const days = eight 8\n' },
  },
}

/** A mistake on purpose, so that anybody can see what comes of one: "break it once", or "break it the same way twice". */
export const breaking: Change = {
  asks: (prompt) => /\bbreak (?:it|the app|the page)\b/i.test(prompt),
  next({ template, prompt, moves }) {
    const { path, content } = mistakes[template][/\btwice\b/i.test(prompt) ? 'twice' : 'once']
    if (moves > 1) return [say(`There is a mistake in \`${path}\` now, as you asked.`)]
    return [
      say('I’ll put a mistake into a file, so that its check fails.'),
      call('write', { file_path: path, content }),
    ]
  },
}
