import type { Plugin } from 'vite'

const chooser = 'virtual:said-in'

/**
 * Messages as they are compiled ask for the language at every call, each in words of its own. A page is in one language from
 * its first word to its last, so in what is built each message is chosen once: 4 KB less in the first load of a project.
 */
export function shortMessages(): Plugin {
  return {
    name: 'short-messages',
    apply: 'build',
    resolveId: (id) => (id === chooser ? `\0${chooser}` : undefined),
    load(id) {
      if (id !== `\0${chooser}`) return undefined
      return `import { getLocale } from '/src/lib/paraglide/runtime.js'\n${chooserSource}`
    },
    transform: {
      filter: { id: /\/paraglide\/messages\/(?!_index)[^/]+\.js$/ },
      handler: (code) => ({ code: shortened(code), map: null }),
    },
  }
}

/** What says nothing but fixed words is handed over as these words. */
const chooserSource = `
const said = (words) => (typeof words === 'string' ? () => words : words)
export const saidIn = getLocale() === 'de' ? (en, de) => said(de) : (en) => said(en)
`

const runtime = /^import \{ getLocale, experimentalStaticLocale \} from '..\/runtime.js';$/m
const comments = /\/\*\*[^]*?\*\//g
const fixed = /= +\(\) => \{\s*return +\((`[^`$]*`|"[^"]*")\)\s*\};/g
const chosen =
  /= +\(\(inputs(?: = \{\})?, options = \{\}\) => \{[^]*?return de_(\w+)\(inputs\)\s*return en_\1\(inputs\)\s*\}\);/

/** Refuses what it does not know, so that a newer compiler is noticed. */
function shortened(code: string): string {
  const bare = code.replaceAll(comments, '')
  if (!runtime.test(bare) || !chosen.test(bare)) throw new Error(`This message is compiled in another way:\n${code}`)
  return bare
    .replace(runtime, `import { saidIn } from '${chooser}'`)
    .replaceAll(fixed, '= $1;')
    .replace(chosen, '= /* @__PURE__ */ saidIn(en_$1, de_$1);')
}
