/** How many bits a character of this text carries, by how often each one occurs in it (Shannon). */
export function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0)
}

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9\s]/]

/** How many of small letters, capitals, digits and signs occur. */
export const classesIn = (text: string): number => classes.filter((some) => some.test(text)).length

const placeholders =
  /^(?:\*+|x+|\.+|-+|_+|0+|<.*>|\{.*\}|\[.*\]|\$.*|%.*%|(?:my|your|the|some|a|test|dummy|fake|sample|example|change|replace|insert|enter|put|todo|none|null|undefined|redacted|hidden|secret|password|passwd|token|key|api)(?:[-_ ]?(?:me|my|your|here|this|it|in|db|database|user|api|app|auth|access|secret|password|passwd|token|key|goes|value|123+|string|name)){0,6})$/i
const typed =
  /^(?:string|number|boolean|bool|text|varchar.*|char.*|any|unknown|true|false|required|optional|uuid|jwt|hash(?:ed)?|bcrypt|argon2\w*|sha-?\d+|md5|base64|hex|numeric|bytes?)$/i
const path = /^(?:\.{0,2}\/)?[A-Za-z_$-]+\d{0,2}(?:(?:\?\.|[./\\])[A-Za-z_$-]+\d{0,2})+$/

/** Whether a value stands for a secret instead of being one: a mask, a hint, a type, a place in a program. */
export const isStandIn = (value: string): boolean =>
  placeholders.test(value) || typed.test(value) || path.test(value) || new Set(value).size <= 2

/** Whether nobody would have thought of this: letters with digits, and no pattern that repeats. */
export const looksRandom = (value: string): boolean =>
  value.length >= 12 && /[A-Za-z]/.test(value) && /[0-9]/.test(value) && bitsPerCharacter(value) >= 3
