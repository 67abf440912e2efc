import { writeSync } from 'node:fs'

export type Level = 'debug' | 'notice' | 'warning' | 'error'
export type Log = (level: Level, message: string, fields?: Record<string, unknown>) => void

/** One JSON line for each record on standard output; what looks like a secret is never written. */
export function openLog(permanent: Record<string, unknown>, write: (line: string) => void = toStandardOutput): Log {
  return (level, message, fields = {}) => {
    const record = { at: new Date().toISOString(), level, message, ...permanent, ...fields }
    write(JSON.stringify(record, redact))
  }
}

const secretNames = /authorization|cookie|token|secret|password|api[-_]?key|ticket|signature|database_url/i
const secretValues =
  /(Bearer\s+)[\w.~+/-]+=*|(X-Amz-Signature=)[0-9a-f]+|\b(sk-ant-|dof_v1_|ejk_)[\w-]{6,}|(postgres(?:ql)?:\/\/[^:\s]+:)[^@\s]+@/gi
const longest = 2_000

function redact(name: string, value: unknown): unknown {
  if (name !== '' && secretNames.test(name) && typeof value !== 'object') return '[secret]'
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
  if (typeof value !== 'string') return value
  const short = value.length > longest ? `${value.slice(0, longest)}…` : value
  return short.replace(
    secretValues,
    (_, ...kept: (string | undefined)[]) => `${kept.slice(0, 4).find(Boolean) ?? ''}[secret]`,
  )
}

function toStandardOutput(line: string): void {
  writeSync(1, `${line}\n`)
}
