import { once } from 'node:events'
import { connect } from 'node:net'

/** Whether a program listens on this port of 127.0.0.1. To try to listen there oneself would keep it from its port. */
export async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const [taken] = await Promise.allSettled([once(socket, 'connect')])
  socket.destroy()
  return taken.status === 'fulfilled'
}
