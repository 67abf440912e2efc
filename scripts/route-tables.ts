import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { operationOf, type Routes } from '../lib/entry/match.ts'
import type { AnyOperation } from '../lib/entry/operation.ts'

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

/** What the routes of each function lead to. */
export async function readOperations(): Promise<Record<string, Record<string, AnyOperation>>> {
  const loaded = Object.entries(await readRouteTables()).map(async ([name, routes]) => {
    const operations = Object.entries(routes).map(async ([route, to]) => [route, await operationOf(to)] as const)
    return [name, Object.fromEntries(await Promise.all(operations))] as const
  })
  return Object.fromEntries(await Promise.all(loaded))
}
