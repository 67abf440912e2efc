import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'
import type { WebAnswer, WebEvent } from '../../../lib/entry/event.ts'

export type Main = (event: WebEvent) => Promise<WebAnswer>

const built = join(import.meta.dirname, '../../../build/functions')

/** The `main` of a built function, evaluated as the platform evaluates the file. */
export function loadBundle(address: string): Main {
  const file = join(built, address, 'index.js')
  const evaluate = compileFunction(`${readFileSync(file, 'utf8')}\n;return main`, ['exports', 'require'], {
    filename: file,
  }) as (exports: object, require: NodeJS.Require) => Main
  return evaluate({}, createRequire(file))
}
