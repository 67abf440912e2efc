import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { betaAgentToolset20260401 } from '@anthropic-ai/sdk/tools/agent-toolset/node'
import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool'
import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError'
import * as z from 'zod/mini'
import { refusedPath } from './guard.ts'
import { scriptEnvironment } from './script.ts'
import { pathOf, type SeenFiles } from './seen.ts'
import { shorten } from './shorten.ts'
import type { Snapshots } from './snapshot.ts'
import type { Used } from './wire.ts'

const mostWritten = 1024 * 1024
const bashSeconds = 60

const Input = z.looseObject({
  file_path: z.optional(z.string()),
  path: z.optional(z.string()),
  content: z.optional(z.string()),
  timeout_ms: z.optional(z.number()),
})
type Input = z.infer<typeof Input>

/** The official tools, kept to the project and its limits; each call answers what it said and what it changed. */
export function openToolset(project: string, snapshots: Snapshots, seen: SeenFiles) {
  const tools = betaAgentToolset20260401({
    workdir: project,
    env: scriptEnvironment(project),
    maxFileBytes: mostWritten,
  })

  return {
    close: () => {
      for (const tool of tools) void tool.close?.()
    },
    /** One call at a time: the changes seen after it are its own. */
    use: async (name: string, given: unknown): Promise<Used> => {
      snapshots.take()
      const tool = tools.find((one) => one.name === name)
      const path = Input.safeParse(given).data?.file_path
      const before = path === undefined ? undefined : snapshots.look(pathOf(project, path))
      const said = await attempt(() => run({ project, seen }, tool, given))
      const { changes, over } = snapshots.changes()
      if (path !== undefined && said.ok) seen.note(name, path, before)
      const output = over ? `${said.output}\n${over} Remove what the app does not need.` : said.output
      return { ok: said.ok && !over, output: shorten(output), changes, seen: seen.news() }
    },
  }
}

interface Means {
  project: string
  seen: SeenFiles
}

async function run({ project, seen }: Means, tool: BetaRunnableTool | undefined, given: unknown) {
  if (!tool) throw new ToolError('There is no tool of this name.')
  const input = Input.parse(given)
  const file = resolve(project, input.file_path ?? '')
  refuse(project, input)
  const objection = seen.objection(tool.name, input.file_path ?? '')
  if (objection !== undefined) throw new ToolError(objection)
  const before = tool.name === 'edit' && isFile(file) ? readFileSync(file) : undefined
  const said = await tool.run(tool.parse(tool.name === 'bash' ? withDeadline(input) : given))
  if (before && statSync(file).size > mostWritten) {
    writeFileSync(file, before)
    throw new ToolError(tooLarge)
  }
  return said
}

function refuse(project: string, { file_path, path, content }: Input) {
  const refused =
    (file_path !== undefined && refusedPath(project, file_path, 'file')) ||
    (path !== undefined && refusedPath(project, path, 'folder'))
  if (refused) throw new ToolError(refused)
  if (content !== undefined && Buffer.byteLength(content) > mostWritten) throw new ToolError(tooLarge)
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

const tooLarge = 'A file may have at most 1 MB. Split it.'

const withDeadline = (input: Input) => ({
  ...input,
  timeout_ms: Math.min(input.timeout_ms ?? bashSeconds * 1000, bashSeconds * 1000),
})

async function attempt(run: () => Promise<unknown>): Promise<{ ok: boolean; output: string }> {
  try {
    return { ok: true, output: asText(await run()) }
  } catch (error) {
    if (error instanceof ToolError) return { ok: false, output: asText(error.content) }
    return {
      ok: false,
      output: error instanceof z.core.$ZodError ? 'The input is not of the shape this tool takes.' : String(error),
    }
  }
}

const asText = (content: unknown) => (typeof content === 'string' ? content : JSON.stringify(content))
