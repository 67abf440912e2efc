/** How the project wants its Vite to be started; kept to what its command line and ours have in common. */
export interface ViteStart {
  configLoader?: 'bundle' | 'runner' | 'native'
  config?: string
  mode?: string
  base?: string
  port?: number
  host?: string | true
  strictPort?: true
}

const flags: Record<string, (value: string) => ViteStart> = {
  '--configLoader': (value) => (isLoader(value) ? { configLoader: value } : {}),
  '--config': (config) => ({ config }),
  '-c': (config) => ({ config }),
  '--mode': (mode) => ({ mode }),
  '-m': (mode) => ({ mode }),
  '--base': (base) => ({ base }),
  '--port': (port) => ({ port: Number(port) }),
  '--host': (host) => ({ host: host || true }),
  '--strictPort': () => ({ strictPort: true }),
  '--clearScreen': () => ({}),
  '--open': () => ({}),
}

/** What a `dev` script asks of Vite; undefined when it does anything else, and is to be run as it stands. */
export function viteStartOf(script: string): ViteStart | undefined {
  const [program, ...words] = script.trim().split(/\s+/)
  if (program !== 'vite') return undefined
  if (words[0] === 'dev' || words[0] === 'serve') words.shift()
  const start: ViteStart = {}
  while (words.length > 0) {
    const [flag = '', joined] = (words.shift() ?? '').split('=', 2)
    const read = flags[flag]
    if (!read) return undefined
    const apart = joined === undefined && words[0] !== undefined && !words[0].startsWith('-')
    Object.assign(start, read(joined ?? (apart ? (words.shift() ?? '') : '')))
  }
  return start
}

const isLoader = (value: string): value is 'bundle' | 'runner' | 'native' =>
  ['bundle', 'runner', 'native'].includes(value)
