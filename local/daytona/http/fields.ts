import { Refusal } from './refusal.ts'

type Fields = Readonly<Record<string, unknown>>

/** A required text field. */
export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name)
  if (value === undefined) throw new Refusal(400, `${name} is required`)
  return value
}

/** A text field that may be absent or null. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw new Refusal(400, `${name} must be a string`)
  return value
}

/** A finite number that may be absent or null. */
export function optionalNumber(fields: Fields, name: string): number | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Refusal(400, `${name} must be a number`)
  return value
}

/** A boolean; absent means false. */
export function flag(fields: Fields, name: string): boolean {
  const value = fields[name]
  if (value === undefined || value === null) return false
  if (typeof value !== 'boolean') throw new Refusal(400, `${name} must be a boolean`)
  return value
}

/** An object of strings; absent means empty. */
export function textMap(fields: Fields, name: string): Record<string, string> {
  const value = fields[name]
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) throw new Refusal(400, `${name} must be an object`)
  const entries = Object.entries(value)
  if (entries.some(([, item]) => typeof item !== 'string')) throw new Refusal(400, `${name} must hold strings only`)
  return Object.fromEntries(entries) as Record<string, string>
}

/** A list of strings; absent means empty. */
export function textList(fields: Fields, name: string): string[] {
  const value = fields[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw new Refusal(400, `${name} must be a list of strings`)
  }
  return value as string[]
}
