import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FunctionReport } from '../../../scripts/function-report.ts'

const kilobyte = 1_024

/** What the built bundle of a function may weigh, in kilobytes: a cold start reads and evaluates all of it. */
export function budgetOf(address: string): number {
  // It holds the document of the API, which grows with it, and hardly any code.
  if (address === 'v1/openapi') return 500
  return address.startsWith('jobs/') ? 1_200 : 250
}

export interface Weight {
  address: string
  kilobytes: number
  /** What weighs most in it, for whoever must make it lighter. */
  heaviest: string
}

/** The weight of every function as the bundler told it when they were last built. */
export function weighBundles(): Weight[] {
  const file = join(import.meta.dirname, '../../../build/functions/meta.json')
  const reports = JSON.parse(readFileSync(file, 'utf8')) as FunctionReport[]
  return reports.map(({ address, bytes, biggest }) => ({
    address,
    kilobytes: bytes / kilobyte,
    heaviest: biggest.map(({ input, bytes: part }) => `${input} ${Math.round(part / kilobyte)} KB`).join(', '),
  }))
}
