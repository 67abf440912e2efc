import { chownSync, chmodSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { router, type Route } from '../http/router.ts'
import { openEgressBridge } from './egress-bridge.ts'
import { fileRoutes } from './files/routes.ts'
import { environment } from './process/environment.ts'
import { executeRoutes } from './process/execute.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { Sessions } from './sessions/sessions.ts'
import { followLogs } from './sessions/follow.ts'
import { takeSettings, type Settings } from './settings.ts'
import { systemRoutes } from './system.ts'
import { openTunnel } from './tunnel.ts'

const settings = takeSettings()
giveHomeToApp(settings)
openEgressBridge(settings.egressSocket)

const env = environment(settings)
const sessions = new Sessions(settings, env)
const routes: Route[] = [
  ...systemRoutes(settings, env),
  ...fileRoutes(settings),
  ...executeRoutes(settings, env),
  ...sessionRoutes(sessions),
]
const route = router(routes, 'DAYTONA_DAEMON')

const server = createServer((request, response) => {
  void route(request, response, new URL(request.url ?? '/', 'http://toolbox'))
})
server.requestTimeout = 0
server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => socket.destroy())
  if (request.url?.startsWith('/tunnel/')) openTunnel(request, socket, head)
  else followLogs(sessions, request, { socket, head })
})

rmSync(settings.socket, { force: true })
server.listen(settings.socket, () => {
  chmodSync(settings.socket, 0o600)
  process.stdout.write('ready\n')
})

function giveHomeToApp({ app, logDir }: Settings): void {
  rmSync(logDir, { recursive: true, force: true })
  mkdirSync(logDir, { recursive: true, mode: 0o700 })
  if (process.getuid?.() === 0 && statSync(app.home).uid !== app.uid) chownSync(app.home, app.uid, app.gid)
}
