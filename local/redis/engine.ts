import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, RESP_TYPES } from '@redis/client'
import { createRedisCommandExecutor, RedisServerState, Resp2Server } from 'js-redis-server/core'

/** Sends one command and answers its raw reply: bytes for values, text for states, numbers, lists, null. */
export type Send = (command: (string | Buffer)[]) => Promise<unknown>
export type Engine = { send: Send; stop(): Promise<void> }

/** Starts a Redis in this process, reached by one socket whose name is gone once it is open: no port, so no password. */
export const startEngine = async (): Promise<Engine> => {
  const folder = await mkdtemp(join(tmpdir(), 'everjust-redis-'))
  const path = join(folder, 'socket')
  const engine = new Resp2Server({ server: new RedisServerState({}), executor: createRedisCommandExecutor() })
  engine.server.listen(path)
  await once(engine.server, 'listening')

  const client = createClient({ socket: { path, tls: false }, RESP: 2 })
  client.on('error', () => undefined)
  await client.connect()
  // Nobody else is to come in, and `kill -9` is to leave nothing behind.
  await rm(folder, { recursive: true })
  const raw = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer, [RESP_TYPES.SIMPLE_STRING]: String })
  return {
    send: (command) => raw.sendCommand(command),
    async stop() {
      client.destroy()
      await engine.close()
    },
  }
}
