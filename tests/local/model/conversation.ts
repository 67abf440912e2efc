import Anthropic from '@anthropic-ai/sdk'
import type { BetaMessage, BetaMessageParam } from '@anthropic-ai/sdk/resources/beta/messages/messages'
import { betaAgentToolset20260401 } from '@anthropic-ai/sdk/tools/agent-toolset/node'
import { dirname } from 'node:path'
import { SCRIPTED_MODEL, startModel } from '../../../local/model/start.ts'
import type { Project } from '../../templates/project.ts'

/** A conversation with the scripted model about a project: the real SDK, its real loop and its real tools. */
export type Conversation = AsyncDisposable & {
  /** Says something, runs every tool that is called, and answers the last words. */
  ask: (prompt: string) => Promise<string>
  /** Names and paths of all tool calls so far, in order. */
  calls: string[]
  messages: BetaMessageParam[]
}

export async function converse(project: Project, template: 'react' | 'static' = 'react'): Promise<Conversation> {
  const model = await startModel({ port: 0, apiKey: 'test-key', latency: 0 })
  const client = new Anthropic({ baseURL: model.url, apiKey: 'test-key', maxRetries: 0 })
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` }
  const tools = betaAgentToolset20260401({ workdir: project.folder, env })
  const messages: BetaMessageParam[] = []
  const calls: string[] = []
  const ask = async (prompt: string) => {
    messages.push({ role: 'user', content: prompt })
    const runner = client.beta.messages.toolRunner({
      model: SCRIPTED_MODEL,
      max_tokens: 16_000,
      system: `You build apps.\nProject root: ${project.folder}\nTemplate: ${template}\n`,
      tools,
      messages: [...messages],
      stream: true,
      thread: false,
    })
    for await (const stream of runner) calls.push(...namesOf(await stream.finalMessage()))
    messages.splice(0, messages.length, ...runner.params.messages)
    const last = await runner.done()
    if (messages.at(-1)?.role !== 'assistant') messages.push({ role: 'assistant', content: last.content })
    return last.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n')
  }
  return { ask, calls, messages, [Symbol.asyncDispose]: async () => stop(tools, model.stop) }
}

async function stop(tools: ReturnType<typeof betaAgentToolset20260401>, stopModel: () => Promise<void>): Promise<void> {
  for (const tool of tools) await tool.close?.()
  await stopModel()
}

const namesOf = ({ content }: BetaMessage): string[] =>
  content.flatMap((block) => (block.type === 'tool_use' ? [`${block.name} ${subjectOf(block.input)}`] : []))

const subjectOf = (input: unknown): string => {
  const fields = input as Record<string, unknown>
  return String(fields['file_path'] ?? fields['command'] ?? fields['pattern'])
}
