import { readdir, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

const Declared = z.object({
  packages: z.array(z.object({ name: z.string(), functions: z.array(z.object({ name: z.string() })).optional() })),
})

/**
 * Lists the functions of project.yml as `package/name`, once it is sure that they are the folders of packages/:
 * the platform deploys a folder that project.yml does not name too, as a public function.
 */
export async function listFunctions(root: string): Promise<string[]> {
  const { packages } = Declared.parse(parse(await readFile(join(root, 'project.yml'), 'utf8')))
  const declared = packages.flatMap((folder) => (folder.functions ?? []).map(({ name }) => `${folder.name}/${name}`))
  const undeclared = (await listFolders(join(root, 'packages'))).filter((address) => !declared.includes(address))
  if (undeclared.length > 0) throw new Error(`project.yml does not declare: ${undeclared.join(', ')}`)
  return declared
}

/** Throws when a function has no `index.ts` to build. */
export function requireCode(root: string, addresses: string[]): void {
  const missing = addresses.filter((address) => !existsSync(join(root, 'packages', address, 'index.ts')))
  if (missing.length > 0) throw new Error(`packages/ has no index.ts for: ${missing.join(', ')}`)
}

async function listFolders(packages: string): Promise<string[]> {
  const found = await Promise.all(
    (await readdir(packages)).map(async (name) => {
      const entries = await readdir(join(packages, name)).catch(() => [])
      return entries.filter((entry) => !entry.startsWith('.')).map((entry) => `${name}/${entry}`)
    }),
  )
  return found.flat().sort()
}
