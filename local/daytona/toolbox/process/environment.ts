import type { Settings } from '../settings.ts'

/** The variables that commands start with. */
export class Environment {
  #variables: Record<string, string>

  constructor(variables: Record<string, string>) {
    this.#variables = variables
  }

  /** Sets and removes variables for commands that start from now on. */
  change(set: Record<string, string>, unset: readonly string[]): void {
    Object.assign(this.#variables, set)
    for (const name of unset) delete this.#variables[name]
  }

  with(more: Record<string, string> = {}): Record<string, string> {
    return { ...this.#variables, ...more }
  }
}

/** What the sandbox was started with, plus who the command's user is. */
export function environment({ user }: Settings): Environment {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new Environment({
    ...Object.fromEntries(inherited),
    HOME: user.home,
    USER: user.name,
    LOGNAME: user.name,
    SHELL: '/bin/bash',
  })
}
