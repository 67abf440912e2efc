import { SETTINGS_VARIABLE, type Account, type Settings } from '../toolbox/settings.ts'
import { PROXY_PORT } from '../toolbox/egress-bridge.ts'
import { certificateVariables } from './certificates.ts'
import { INSIDE, type Launch } from './isolation.ts'

export type Inhabitant = {
  /** User id of `app` as seen inside. */
  readonly id: number
  /** How many processes it may have, when no control group says so. */
  readonly processes?: number | undefined
}

/** Everything the toolbox of an isolated sandbox starts with: its settings, the way out, and the sandbox's own variables. */
export function insideEnvironment(launch: Launch, app: Inhabitant): Record<string, string> {
  const proxy = `http://127.0.0.1:${PROXY_PORT}`
  return {
    PATH: `${INSIDE.nodeFolder}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    HTTP_PROXY: proxy,
    HTTPS_PROXY: proxy,
    http_proxy: proxy,
    https_proxy: proxy,
    NO_PROXY: '127.0.0.1,::1',
    no_proxy: '127.0.0.1,::1',
    NODE_USE_ENV_PROXY: '1',
    ...certificateVariables(),
    ...launch.snapshot.env,
    ...launch.env,
    DAYTONA_SANDBOX_ID: launch.id,
    [SETTINGS_VARIABLE]: JSON.stringify(settings(launch, app)),
  }
}

function settings({ snapshot }: Launch, { id, processes }: Inhabitant): Settings {
  const limit = processes === undefined ? {} : { processes }
  const app: Account = { name: 'app', uid: id, gid: id, home: INSIDE.home, ...limit }
  const root: Account = { name: 'root', uid: 0, gid: 0, home: INSIDE.rootHome, ...limit }
  return {
    socket: `${INSIDE.run}/toolbox.sock`,
    egressSocket: `${INSIDE.run}/egress.sock`,
    workDir: INSIDE.home,
    logDir: INSIDE.logs,
    user: snapshot.user === 'app' ? app : root,
    app,
    areas: [INSIDE.home, '/tmp', '/var/tmp', '/dev/shm'],
    reachesAll: true,
  }
}
