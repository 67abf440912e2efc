import { fingerprintOf, plainText } from './fingerprint.ts'

/** One thing that a check complained of; the fingerprint is the same whenever the same thing is wrong again. */
export interface CheckFailure {
  check: string
  file: string | null
  message: string
  fingerprint: string
}

const mostFailures = 20
const mostMessage = 600

/** What a failed check complains of: one failure for each error its output names, else one for all of it. */
export function failuresIn(check: string, output: string): CheckFailure[] {
  const text = plainText(output)
  const named = shapes.map(({ pattern, read }) => Array.from(text.matchAll(pattern), read))
  const found = named.find(({ length }) => length > 0) ?? [
    { file: filesIn(text)[0] ?? null, message: firstWords(text) },
  ]
  const failures = found.map(({ file, message }) => {
    const told = { check, file: file && inProject(file), message: message.trim().slice(0, mostMessage) }
    return { ...told, fingerprint: fingerprintOf(told) }
  })
  return [...new Map(failures.map((failure) => [failure.fingerprint, failure])).values()].slice(0, mostFailures)
}

interface Named {
  file: string | null
  message: string
}
interface Shape {
  pattern: RegExp
  read: (match: RegExpExecArray) => Named
}

const source = String.raw`[\w@./-]+\.(?:[cm]?[jt]sx?|css|html|json|svelte|vue)`
const inBrackets: Shape['read'] = ([, message = '', file]) => ({ file: file ?? fileIn(message), message })

// How tools name an error, the surest first: TypeScript, esbuild, Rolldown, Node itself, Vite, npm, the browser.
const shapes: readonly Shape[] = [
  {
    pattern: new RegExp(String.raw`^\s*(${source})[(:]\d+[,:]\d+\)?\s*[:-]\s*error\s+(.+)$`, 'gm'),
    read: ([, file = '', message = '']) => ({ file, message }),
  },
  {
    pattern: new RegExp(String.raw`^\s*[✘X]\s+\[ERROR\]\s+(.+)\s+(${source}):\d+:\d+:`, 'gm'),
    read: inBrackets,
  },
  {
    pattern: new RegExp(String.raw`^\s*(\[[A-Z_]{4,}\].*)(?:\n\s*[╭┌]─+\s*\[\s*(${source}):\d+:\d+\s*\])?`, 'gm'),
    read: inBrackets,
  },
  {
    pattern: new RegExp(String.raw`^(?:[\w./-]+: )?(?:file:\/\/)?(${source}):\d+\n[^]*?^(\w*Error: .+)$`, 'gm'),
    read: ([, file = '', message = '']) => ({ file, message }),
  },
  { pattern: /^.*\b(?:failed to resolve|could not resolve|could not load)\b.*$/gim, read: asLine },
  {
    pattern: /^npm (?:error|ERR!) (?!A complete log)[\w-]+ (.*\b(?:not|no|unable|cannot|failed)\b.*)$/gim,
    read: asLine,
  },
  { pattern: /^(?:Uncaught|console\.error:|GET|POST|PUT) .*$/gm, read: asLine },
]

function asLine([line, message = line]: RegExpExecArray): Named {
  return { file: fileIn(line), message }
}

const filesIn = (text: string) =>
  Array.from(text.replaceAll(/https?:\/\/[^/\s]+/g, '').matchAll(new RegExp(source, 'g')), ([file]) => file)

/** Who says where from, says it last. */
const fileIn = (text: string) => filesIn(text).at(-1) ?? null

const inProject = (file: string) => file.replace(/^.*\/home\/app\/project\//, '').replace(/^\.?\//, '')

/** The first line that says what is wrong, or else the first that says anything. */
function firstWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.find((line) => /error|fail|cannot|not found/i.test(line)) ?? lines[0] ?? ''
}
