import { spawn, type SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { place } from '../place.ts'

interface AppUser {
  uid: number
  gid: number
}

/** The user that everything generated runs as, from the sandbox's passwd file; undefined when we cannot become another. */
export function appUser(): AppUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync(place.passwd, 'utf8')
    .split('\n')
    .find((one) => one.startsWith('app:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid && uid !== '0' ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** Starts a program as that user, with an environment that holds nothing of ours. */
export function spawnAsApp(command: string, args: readonly string[], options: SpawnOptions) {
  const user = appUser()
  return spawn(command, args, { ...options, env: { ...cleanEnvironment(), ...options.env }, ...user })
}

/** What generated code may see of the environment: how to find programs and the way out, no more. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => mayPass.test(name))
  return { ...Object.fromEntries(passed), HOME: place.home, CI: '1' }
}

const mayPass =
  /^(PATH|LANG|TZ|https?_proxy|no_proxy|NODE_USE_ENV_PROXY|NODE_EXTRA_CA_CERTS|npm_config_(registry|proxy|https_proxy|cache))$/i
