import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openApiOf } from '../lib/entry/openapi.ts'
import { readOperations } from './route-tables.ts'

/** Where the document is kept, so that the function that answers it need not load what it is made from. */
export const documentFile = join(import.meta.dirname, '../packages/v1/openapi/document.json')

/** The document as text, from the route tables as they are now. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(openApiOf(await readOperations()), null, 2)}\n`
}

if (import.meta.main) {
  await writeFile(documentFile, await openApiText())
  console.log(`Wrote ${documentFile}.`)
}
