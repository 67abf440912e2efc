import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Routes } from '../lib/entry/match.ts'

const folder = join(import.meta.dirname, '../packages/v1')

/** The route table of every function of `packages/v1` that has one, by the function's name. */
export async function readRouteTables(): Promise<Record<string, Routes>> {
  const tables = await Promise.all(
    (await readdir(folder)).sort().map(async (name) => {
      const { routes = {} } = (await import(join(folder, name, 'index.ts'))) as { routes?: Routes }
      return [name, routes] as const
    }),
  )
  return Object.fromEntries(tables)
}
