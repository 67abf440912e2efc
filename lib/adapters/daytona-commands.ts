import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sandbox } from '@daytonaio/sdk'
import { Fault } from '../ports/fault.ts'
import type { SandboxProvider } from '../ports/sandbox-provider.ts'
import { patiently, unlessGone } from './daytona-retry.ts'

/** How the parts of the adapter reach a sandbox. */
export interface Reach {
  inside<T>(doing: string, id: string, work: (sandbox: Sandbox) => Promise<T>): Promise<T>
  find(idOrName: string): Promise<Sandbox | undefined>
}

type Commands = Pick<SandboxProvider, 'start' | 'endSession' | 'commandState' | 'run'>

/** Commands in sessions: a session is one shell that runs one thing after the other, so each command has its own. */
export function commandsOf({ inside, find }: Reach): Commands {
  const start: Commands['start'] = (id, sessionId, command) =>
    inside('starting a command', id, async ({ process }) => {
      await process.deleteSession(sessionId).catch(unlessGone)
      await process.createSession(sessionId)
      const { cmdId } = await process.executeSessionCommand(sessionId, { command, runAsync: true })
      return { commandId: cmdId }
    })

  const endSession: Commands['endSession'] = (id, sessionId) =>
    inside('ending a session', id, ({ process }) => process.deleteSession(sessionId)).catch(unlessGone)

  return {
    start,
    endSession,

    commandState: (id, sessionId, commandId) =>
      patiently('looking after a command', async () => {
        const sandbox = await find(id)
        if (!sandbox || sandbox.state !== 'started') return 'gone'
        const command = await sandbox.process.getSessionCommand(sessionId, commandId).catch(unlessGone)
        if (!command) return 'gone'
        return typeof command.exitCode === 'number' ? { exitCode: command.exitCode } : 'running'
      }),

    // By a session that is asked again and again: one long request would outlive the request's own deadline.
    async run(id, command, timeoutSeconds) {
      const sessionId = `once-${randomUUID()}`
      const { commandId } = await start(id, sessionId, command)
      const until = Date.now() + timeoutSeconds * 1_000
      const ended = await inside('running a command', id, ({ process }) =>
        outcome(process, { sessionId, commandId, until }),
      ).finally(() => endSession(id, sessionId).catch(() => {}))
      if (!ended) throw new Fault('daytona', 'running a command', { retryable: true })
      return ended
    },
  }
}

interface Awaited {
  sessionId: string
  commandId: string
  until: number
}

async function outcome(process: Sandbox['process'], { sessionId, commandId, until }: Awaited) {
  for (let pauseMs = 50; Date.now() < until; pauseMs = Math.min(1_000, pauseMs * 1.5)) {
    const { exitCode } = await process.getSessionCommand(sessionId, commandId)
    if (typeof exitCode === 'number') {
      const { stdout = '', stderr = '' } = await process.getSessionCommandLogs(sessionId, commandId)
      return { exitCode, output: stdout + stderr }
    }
    await sleep(pauseMs)
  }
  return undefined
}
