import { flag, text } from '../../http/fields.ts'
import type { Call, Route } from '../../http/router.ts'
import type { Command, Session } from './session.ts'
import type { Sessions } from './sessions.ts'

/** Sessions: open, look, close; commands in them: run, ask, read, type. */
export function sessionRoutes(sessions: Sessions): Route[] {
  const path = '/process/session'
  const command = (call: Call) => sessions.find(call.param('session')).find(call.param('command'))
  return [
    {
      method: 'POST',
      path,
      run: async (call) => {
        sessions.open(text(await call.fields(), 'sessionId'))
        return { status: 201 }
      },
    },
    { method: 'GET', path, run: () => ({ status: 200, body: sessions.all().map(describe) }) },
    {
      method: 'GET',
      path: `${path}/:session`,
      run: (call) => ({ status: 200, body: describe(sessions.find(call.param('session'))) }),
    },
    {
      method: 'DELETE',
      path: `${path}/:session`,
      run: (call) => {
        sessions.close(call.param('session'))
        return { status: 204 }
      },
    },
    { method: 'POST', path: `${path}/:session/exec`, run: (call) => execute(sessions, call) },
    {
      method: 'GET',
      path: `${path}/:session/command/:command`,
      run: (call) => ({ status: 200, body: summary(command(call)) }),
    },
    {
      method: 'GET',
      path: `${path}/:session/command/:command/logs`,
      run: (call) => ({ status: 200, body: command(call).log.read() }),
    },
    {
      method: 'POST',
      path: `${path}/:session/command/:command/input`,
      run: async (call) => {
        sessions.find(call.param('session')).type(command(call), text(await call.fields(), 'data'))
        return { status: 204 }
      },
    },
  ]
}

async function execute(sessions: Sessions, call: Call) {
  const fields = await call.fields()
  const later = flag(fields, 'runAsync') || flag(fields, 'async')
  const command = sessions.find(call.param('session')).run(text(fields, 'command'), later)
  if (later) return { status: 202, body: { cmdId: command.id } }
  await command.finished
  return { status: 200, body: { cmdId: command.id, exitCode: command.exitCode, ...command.log.read() } }
}

function describe(session: Session) {
  return { sessionId: session.id, commands: session.commands.map(summary) }
}

function summary({ id, command, exitCode }: Command) {
  return { id, command, exitCode }
}
