import { flag, text } from '../../http/fields.ts'
import type { Call, Route } from '../../http/router.ts'
import type { Command, Session } from './session.ts'
import type { Sessions } from './sessions.ts'

const PATH = '/process/session'

/** Sessions: open, look, close; commands in them: run, ask, read, type. */
export function sessionRoutes(sessions: Sessions): Route[] {
  const open = async (call: Call) => {
    sessions.open(text(await call.fields(), 'sessionId'))
    return { status: 201 }
  }
  const close = async (call: Call) => {
    await sessions.close(call.param('session'))
    return { status: 204 }
  }
  const look = (call: Call) => ({ status: 200, body: describe(sessions.find(call.param('session'))) })
  return [
    { method: 'POST', path: PATH, run: open },
    { method: 'GET', path: PATH, run: () => ({ status: 200, body: sessions.all().map(describe) }) },
    { method: 'GET', path: `${PATH}/:session`, run: look },
    { method: 'DELETE', path: `${PATH}/:session`, run: close },
    { method: 'POST', path: `${PATH}/:session/exec`, run: (call) => execute(sessions, call) },
    ...commandRoutes(sessions),
  ]
}

function commandRoutes(sessions: Sessions): Route[] {
  const path = `${PATH}/:session/command/:command`
  const find = (call: Call) => sessions.find(call.param('session')).find(call.param('command'))
  const type = async (call: Call) => {
    sessions.find(call.param('session')).type(find(call), text(await call.fields(), 'data'))
    return { status: 204 }
  }
  return [
    { method: 'GET', path, run: (call) => ({ status: 200, body: summary(find(call)) }) },
    { method: 'GET', path: `${path}/logs`, run: (call) => ({ status: 200, body: find(call).log.read() }) },
    { method: 'POST', path: `${path}/input`, run: type },
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
