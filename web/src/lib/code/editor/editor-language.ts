import type { Extension } from '@codemirror/state'

type Load = () => Promise<Extension>

const script = (options: { typescript?: boolean; jsx?: boolean }) => async () =>
  (await import('@codemirror/lang-javascript')).javascript(options)
const html: Load = async () => (await import('@codemirror/lang-html')).html()
const json: Load = async () => (await import('@codemirror/lang-json')).json()

const byEnding: Record<string, Load> = {
  ts: script({ typescript: true }),
  mts: script({ typescript: true }),
  tsx: script({ typescript: true, jsx: true }),
  js: script({ jsx: true }),
  mjs: script({ jsx: true }),
  cjs: script({}),
  jsx: script({ jsx: true }),
  html,
  svg: html,
  svelte: html,
  vue: html,
  css: async () => (await import('@codemirror/lang-css')).css(),
  json,
  webmanifest: json,
  md: async () => (await import('@codemirror/lang-markdown')).markdown(),
}

/** The language of a file by its ending; a language that does not load leaves plain text. */
export async function languageOf(path: string): Promise<Extension> {
  const load = byEnding[path.slice(path.lastIndexOf('.') + 1).toLowerCase()]
  return load ? load().catch(() => []) : []
}
