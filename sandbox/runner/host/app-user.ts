import { spawn, spawnSync, type SpawnOptions } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { place } from '../../place.ts'

interface AppUser {
  uid: number
  gid: number
}

let found: { user: AppUser | undefined } | undefined

/** The user that everything generated runs as, from the sandbox's passwd file; undefined when we cannot become another. */
export function appUser(): AppUser | undefined {
  found ??= { user: findUser() }
  return found.user
}

/** Starts a program as that user, with an environment that holds nothing of ours. */
export function spawnAsApp(command: string, args: readonly string[], options: SpawnOptions) {
  const user = appUser()
  return spawn(command, args, { ...options, env: { ...cleanEnvironment(), ...options.env }, ...user })
}

function findUser(): AppUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lines = readFileSync(place.passwd, 'utf8').split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith('app:'))?.split(':') ?? []
  const user = { uid: Number(uid), gid: Number(gid) }
  // Root of a sandbox may lack the right to become somebody else: trying is the only way to know.
  return user.uid > 0 && user.gid > 0 && spawnSync('/bin/true', { ...user, cwd: '/' }).status === 0 ? user : undefined
}

/** What generated code may see of the environment: how to find programs and the way out, no more. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => mayPass.test(name))
  return { ...Object.fromEntries(passed), HOME: place.home, CI: '1' }
}

const mayPass =
  /^(PATH|LANG|TZ|https?_proxy|no_proxy|NODE_USE_ENV_PROXY|NODE_EXTRA_CA_CERTS|npm_config_(registry|proxy|https_proxy|cache))$/i
