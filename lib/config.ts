/** A value that never prints: not in logs, not in errors, not in JSON. */
export class Secret {
  readonly #value: string
  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads settings one by one; a missing one stops the start with its name. The only reader of the environment. */
export class Config {
  readonly #environment: Environment
  constructor(environment: Environment = process.env) {
    this.#environment = environment
  }

  text(name: string): string {
    const value = this.#environment[name]
    if (!value) throw new Error(`The setting ${name} is missing.`)
    return value
  }

  /** Whether a setting is there, where it need not be: the platform fills in no empty one, so that `none` says it. */
  has(name: string): boolean {
    return ![undefined, '', 'none'].includes(this.#environment[name])
  }

  /** One of these words. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const given = this.text(name)
    const word = words.find((each) => each === given)
    if (word === undefined) throw new Error(`The setting ${name} must be one of: ${words.join(', ')}.`)
    return word
  }

  /** A whole number above zero. */
  count(name: string): number {
    const count = Number(this.text(name))
    if (!Number.isSafeInteger(count) || count < 1) throw new Error(`The setting ${name} must be a number above zero.`)
    return count
  }

  list(name: string): string[] {
    return this.text(name)
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
  }

  secret(name: string): Secret {
    return new Secret(this.text(name))
  }
}
