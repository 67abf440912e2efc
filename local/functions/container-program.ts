// The program inside a container: loads one bundle once, then serves one activation at a time.
// It is written out as plain CommonJS when the runner starts, because stripping types here would cost 50 ms a cold start.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileFunction, constants } from 'node:vm'
import type { ActivationContext, FromContainer, ToContainer } from './container-messages.ts'

type Handler = (event: unknown, context: unknown) => unknown

const endOfLogs = process.argv[2] ?? ''
const channel = process.send?.bind(process)
let handler: Handler | undefined

function tell(message: FromContainer): void {
  channel?.(message)
}

async function load(file: string, main: string): Promise<Handler> {
  const found = file.endsWith('.mjs') ? await importHandler(file, main) : await evaluateHandler(file, main)
  if (typeof found !== 'function') throw new Error(`The entry point '${main}' is not a function.`)
  return found as Handler
}

/** Like the platform, looks for a local `main` of the evaluated code first and for `exports.main` second. */
async function evaluateHandler(file: string, main: string): Promise<unknown> {
  const module = { exports: {} as Record<string, unknown> }
  const code = `${readFileSync(file, 'utf8')}\n;return typeof ${main} === 'undefined' ? module.exports.${main} : ${main}`
  const names = ['exports', 'require', 'module', '__filename', '__dirname']
  try {
    const evaluate = compileFunction(code, names, {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })
    return evaluate(module.exports, createRequire(file), module, file, dirname(file))
  } catch (error) {
    if (error instanceof SyntaxError && /import|export/.test(error.message)) return importHandler(file, main)
    throw error
  }
}

async function importHandler(file: string, main: string): Promise<unknown> {
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  return module[main] ?? (module['default'] as Record<string, unknown> | undefined)?.[main]
}

async function init(message: ToContainer & { kind: 'init' }): Promise<void> {
  Object.assign(process.env, message.environment)
  try {
    handler = await load(message.file, message.main)
    tell({ kind: 'ready' })
  } catch (error) {
    tell({ kind: 'broken', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

async function run(event: unknown, context: ActivationContext): Promise<void> {
  Object.assign(process.env, {
    __OW_ACTIVATION_ID: context.activationId,
    __OW_DEADLINE: String(context.deadline),
    __OW_NAMESPACE: context.namespace,
    __OW_ACTION_NAME: context.functionName,
    __OW_ACTION_VERSION: context.functionVersion,
    __OW_API_HOST: context.apiHost,
    __OW_TRANSACTION_ID: context.requestId,
  })
  const getRemainingTimeInMillis = (): number => Math.max(0, context.deadline - Date.now())
  const message = await answer(event, { ...context, getRemainingTimeInMillis })
  // Before the answer: after it we may be frozen at any moment.
  process.stdout.write(`${endOfLogs}\n`)
  process.stderr.write(`${endOfLogs}\n`)
  try {
    tell(message)
  } catch (error) {
    tell({ kind: 'invalid', reason: `The result is not JSON: ${String(error)}` })
  }
}

async function answer(event: unknown, context: unknown): Promise<FromContainer> {
  try {
    const result = (await handler?.(event, context)) ?? {}
    if (typeof result !== 'object')
      return { kind: 'invalid', reason: 'The function did not return a dictionary or array.' }
    return { kind: 'result', result }
  } catch (error) {
    return { kind: 'result', result: { error: describeError(error) } }
  }
}

function describeError(error: unknown): unknown {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack }
  return error ?? {}
}

process.on('message', (message: ToContainer) => {
  void (message.kind === 'init' ? init(message) : run(message.event, message.context))
})
process.on('disconnect', () => process.exit(0))
