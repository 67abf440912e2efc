import { relative, resolve } from 'node:path'
import type { BetaRunnableTool, BetaToolRunContext } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError'
import { betaAgentToolset20260401 } from '@anthropic-ai/sdk/tools/agent-toolset/node'
import * as z from 'zod/mini'
import { place } from '../../place.ts'
import type { GenerationMode } from '../../../lib/contract/generation.ts'
import { readingTools } from '../../tools/reading.ts'
import type { Used } from '../../tools/wire.ts'
import type { Clock } from '../clock.ts'
import type { Reporter } from '../reporting/reporter.ts'
import type { ToolHost } from './tool-host.ts'

/** Of the files that one call changed, so many are told one by one. */
const mostShown = 200

interface Options {
  host: ToolHost
  reporter: Reporter
  clock: Clock
  step: Step
  mode: GenerationMode
}

/** The step that tools run in now, and where the files they change are noted. */
export interface Step {
  number: number
  changed: string[]
}

const Input = z.looseObject({
  file_path: z.optional(z.string()),
  path: z.optional(z.string()),
  pattern: z.optional(z.string()),
  command: z.optional(z.string()),
})

/** The official tools as the model is offered them, each run by the tool host, one after the other, and reported. */
export function openTools(options: Options): BetaRunnableTool[] {
  let last: Promise<unknown> = Promise.resolve()
  return toolsFor(options.mode).map((tool) => ({
    ...tool,
    run: (input: unknown, context?: BetaToolRunContext) => {
      const turn = last.then(() => use(options, { tool: tool.name, input, callId: context?.toolUse.id ?? '' }))
      last = turn.catch(() => undefined)
      return turn
    },
  }))
}

const toolsFor = (mode: GenerationMode) =>
  betaAgentToolset20260401({ workdir: place.project }).filter(
    ({ name }) => mode === 'build' || readingTools.includes(name),
  )

interface Call {
  tool: string
  callId: string
  input: unknown
}

async function use({ host, reporter, clock, step, mode }: Options, { tool, callId, input }: Call): Promise<string> {
  const call = { step: step.number, callId, tool, target: targetOf(input) }
  const started = performance.now()
  reporter.progress({ kind: 'tool_started', ...call })
  const { ok, output, changes } = clock.isOver() ? outOfTime : await attempt(host, { tool, input, mode })
  const ms = Math.round(performance.now() - started)
  const shown = tool === 'bash' || !ok ? output.slice(-4_000) : ''
  reporter.progress({ kind: 'tool_ended', ...call, ok, output: shown, ms })
  for (const change of changes.slice(0, mostShown))
    reporter.emit('file:changed', { generationId: reporter.id, ...change })
  step.changed.push(...changes.map(({ path }) => path))
  if (!ok) throw new ToolError(output)
  return output === '' ? '(no output)' : output
}

const outOfTime: Used = { ok: false, output: 'The time for this run is used up.', changes: [], seen: [] }

interface Asked {
  tool: string
  input: unknown
  mode: GenerationMode
}

async function attempt(host: ToolHost, { tool, input, mode }: Asked): Promise<Used> {
  try {
    return await host.ask({ op: 'use', tool, input, readOnly: mode === 'plan' })
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error), changes: [], seen: [] }
  }
}

// What a person is shown a tool works on.
function targetOf(given: unknown): string {
  const { file_path, path, pattern, command } = Input.safeParse(given).data ?? {}
  const file = file_path ?? path
  const shown = file === undefined ? undefined : relative(place.project, resolve(place.project, file)) || '.'
  return (command ?? [pattern, shown].filter((part) => part !== undefined).join(' in ')).slice(0, 500)
}
