/**
 * What a person does with an app and what they see, as data. Names are patterns, wide enough for any honest way of building
 * it: a button is meant by what it does, a box by what goes into it.
 */
export type Place =
  | string
  | RegExp
  | { button: RegExp }
  /** Anything one writes into. */
  | { box: RegExp }
  | { heading: RegExp }
  /** An entry of a list or table, or a card, by what it says. */
  | { row: RegExp }
  | { select: RegExp }
  | { css: string }

export type Step =
  | { see: Place; in?: Place }
  | { miss: Place }
  | { press: Place; in?: Place }
  /** Writes, and with `enter` presses Enter after it. */
  | { fill: Place; with: string; enter?: true }
  | { choose: Place; option: RegExp }
  | { tick: Place }
  | { keys: readonly string[] }
  | { holds: string; in: Place }
  | { count: Place; atLeast: number }
  | { drag: Place; to: Place }
  | { reload: true }
  /** How the ground of the page looks. */
  | { ground: 'dark' | 'light' }
  /** Something on the page is of this colour: degrees on the wheel, from and to. */
  | { hue: readonly [from: number, to: number] }
  /** Does it again until the place is there. */
  | { until: Place; do: readonly Step[]; atMost: number }

/** One thing that must work, said as its user would; its steps begin where those of the check before it ended. */
export interface Check {
  that: string
  do: readonly Step[]
}

export interface Turn {
  prompt: string
  checks: readonly Check[]
}

/** An app to be built, and changes that must not break what worked: all earlier checks are made again after each. */
export interface Eval {
  name: string
  prompt: string
  checks: readonly Check[]
  followUps: readonly Turn[]
  /** The scripted model has no such app and answers with its general page: then the checks of that one count, and the table says so. */
  scriptedPage?: true
}
