import { createHash } from 'node:crypto'
import type { Send } from './engine.ts'

// One connection serves everybody, so nothing may change its state or block it; the REST API refuses these as well.
const REFUSED = new Set(
  `AUTH BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT DEBUG DISCARD EXEC HELLO MONITOR MULTI
  PSUBSCRIBE PUNSUBSCRIBE QUIT RESET SELECT SHUTDOWN SSUBSCRIBE SUBSCRIBE SUNSUBSCRIBE UNSUBSCRIBE UNWATCH WAIT WATCH`.split(
    /\s+/,
  ),
)

/** The flag line that the vendor's rate limiter puts before its scripts; no plain Redis knows it. */
const FLAG_LINE = /^#!lua flags=allow-key-locking[ \t]*\r?\n/

/** Makes of JSON what Redis takes, and hides from it what only the vendor's scripts know. */
export const openCommands = (send: Send) => {
  // The caller knows a script by the SHA of the text it sent, flag line included.
  const known = new Map<string, string>()
  const strip = (script: string): string => {
    const plain = script.replace(FLAG_LINE, '')
    if (plain !== script) known.set(sha1(script), sha1(plain))
    return plain
  }

  const translate = (command: string[]): string[] => {
    const [name = '', second = '', third = ''] = command
    const verb = name.toUpperCase()
    if (verb === 'EVAL' || verb === 'EVAL_RO') return command.with(1, strip(second))
    if (verb === 'EVALSHA' || verb === 'EVALSHA_RO') {
      return command.with(1, known.get(second.toLowerCase()) ?? second)
    }
    return isLoad(command) ? command.with(2, strip(third)) : command
  }

  return {
    /** Checks a command of the wire: a list of texts, numbers and JSON values. Throws what the caller is told. */
    parse(wire: unknown): string[] {
      if (!Array.isArray(wire) || wire.length === 0) throw new Error('ERR failed to parse command')
      const command = wire.map(text)
      if (REFUSED.has((command[0] ?? '').toUpperCase())) {
        throw new Error(`ERR Command is not available: '${command[0]}'. It is not part of the REST API.`)
      }
      return command
    },
    async run(command: string[]): Promise<unknown> {
      const reply = await send(translate(command))
      return isLoad(command) ? sha1(command[2] ?? '') : reply
    },
  }
}

export type Commands = ReturnType<typeof openCommands>

const isLoad = ([name = '', part = '', script]: string[]): boolean =>
  script !== undefined && name.toUpperCase() === 'SCRIPT' && part.toUpperCase() === 'LOAD'

const text = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}

const sha1 = (script: string): string => createHash('sha1').update(script).digest('hex')
