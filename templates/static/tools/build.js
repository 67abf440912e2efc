import { cp, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { root, siteFiles } from './site.js'

const out = join(root, 'dist')
const files = await siteFiles()
await rm(out, { recursive: true, force: true })
for (const file of files) {
  await mkdir(dirname(join(out, file)), { recursive: true })
  await cp(join(root, file), join(out, file))
}
console.log(`dist/ holds ${files.length} files`)
