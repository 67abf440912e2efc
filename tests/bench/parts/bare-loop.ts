import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Anthropic from '@anthropic-ai/sdk'
import { betaAgentToolset20260401 } from '@anthropic-ai/sdk/tools/agent-toolset/node'
import { freePort } from '../../../local/listen.ts'
import { systemPrompt } from '../../../sandbox/runner/telling/system-prompt.ts'
import type { InstalledTemplate } from '../../../scripts/install-templates.ts'
import { answers, until } from './until.ts'

export interface Took {
  previewMs: number
  completeMs: number
}

interface Asked {
  prompt: string
  template: InstalledTemplate
  model: { url: string; apiKey: string }
}

/**
 * The least that builds the same app: the SDK's own loop and tools over a plain folder, the dev server beside it, then
 * the same checks. No account, no sandbox, no events, no versions, no money.
 */
export async function buildBare({ prompt, template, model }: Asked): Promise<Took> {
  const project = mkdtempSync(join(tmpdir(), 'everjust-bare-'))
  const env = {
    ...process.env,
    PATH: `${join(project, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    NO_COLOR: '1',
  }
  const started = performance.now()
  const passed = () => performance.now() - started
  cpSync(template.files, project, { recursive: true, filter: (path) => basename(path) !== 'node_modules' })
  symlinkSync(template.nodeModules, join(project, 'node_modules'))
  const port = await freePort()
  const args = ['--configLoader', 'native', '--strictPort', '--port', String(port)]
  const server = spawn('vite', args, { cwd: project, env, stdio: 'ignore' })
  try {
    const preview = until('the bare preview', () => answers(`http://127.0.0.1:${port}/`)).then(passed)
    await converse(project, { prompt, template, model })
    await Promise.all(['check', 'build'].map((name) => runScript(project, name, env)))
    const previewMs = await preview
    return { previewMs, completeMs: passed() }
  } finally {
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
    rmSync(project, { recursive: true, force: true })
  }
}

async function converse(project: string, { prompt, template, model }: Asked): Promise<void> {
  const client = new Anthropic({ baseURL: model.url, apiKey: model.apiKey, maxRetries: 0 })
  const conventions = readFileSync(join(template.files, 'AGENTS.md'), 'utf8')
  const tools = betaAgentToolset20260401({ workdir: project })
  const runner = client.beta.messages.toolRunner({
    model: 'scripted-1',
    max_tokens: 16_000,
    system: systemPrompt({ project, template: 'react', mode: 'build', rules: null, secrets: [], conventions }),
    messages: [{ role: 'user', content: prompt }],
    tools,
    stream: true,
    thread: false,
  })
  try {
    for await (const stream of runner) await stream.finalMessage()
  } finally {
    for (const tool of tools) await tool.close?.()
  }
}

/** A script of package.json, run without npm as the sandbox does; rejects when it fails. */
async function runScript(project: string, name: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const child = spawn('/bin/sh', ['-c', scripts[name] ?? 'false'], { cwd: project, env, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the bare loop's ${name} ended with ${code}`)
}
