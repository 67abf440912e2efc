export type Account = {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
  /** How many processes and threads it may have, where nothing outside limits them. */
  readonly processes?: number
}

export type Settings = {
  readonly socket: string
  readonly egressSocket: string
  readonly workDir: string
  /** Where logs of session commands are kept; only the toolbox may look inside. */
  readonly logDir: string
  /** The account that commands run as. */
  readonly user: Account
  /** The unprivileged account that owns the files in `areas`. */
  readonly app: Account
  /** Folders in which `app` may write, so that nothing found there is trusted. */
  readonly areas: readonly string[]
  /** Whether file routes may name paths outside the areas; never when the toolbox runs without isolation. */
  readonly reachesAll: boolean
}

/** Name of the variable that carries the settings; it is taken out of the environment before anything else starts. */
export const SETTINGS_VARIABLE = 'TOOLBOX_SETTINGS'

/** Reads the settings of the toolbox and removes them from the environment that commands inherit. */
export function takeSettings(): Settings {
  const text = process.env[SETTINGS_VARIABLE]
  if (text === undefined) throw new Error(`${SETTINGS_VARIABLE} is not set`)
  delete process.env[SETTINGS_VARIABLE]
  return JSON.parse(text) as Settings
}
