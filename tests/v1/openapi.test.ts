import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { problems, type ProblemCode } from '../../lib/contract/problem.ts'
import { main } from '../../packages/v1/openapi/index.ts'
import { readOperations } from '../../scripts/route-tables.ts'
import { documentFile, openApiText } from '../../scripts/write-openapi.ts'

interface Documented {
  operationId: string
  parameters: { name: string; in: string; required: boolean }[]
  requestBody?: unknown
  responses: Record<string, { $ref?: string }>
  security: unknown[]
}

interface Refusal {
  content: Record<string, { schema: { allOf: { properties?: { code: { enum: string[] } } }[] } }>
}

const document = main() as unknown as {
  openapi: string
  paths: Record<string, Record<string, Documented>>
  components: { responses: Record<string, Refusal> }
}
const refusals = document.components.responses
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, documented]) => ({ path, method, documented })),
)

test('the kept document is what the routes are now: `node scripts/write-openapi.ts` writes it', async () => {
  assert.equal(await readFile(documentFile, 'utf8'), await openApiText())
})

test('every route is documented, and no other', async () => {
  const tables = await readOperations()
  const routes = Object.entries(tables).flatMap(([name, routes]) =>
    Object.keys(routes).map((route) => {
      const [method = '', pattern = ''] = route.split(' ')
      return `${method.toLowerCase()} /api/v1/${name}${pattern.replace(/^\/$/, '').replace(/[:*](\w+)/g, '{$1}')}`
    }),
  )
  assert.deepEqual(operations.map(({ path, method }) => `${method} ${path}`).sort(), routes.sort())
})

test('every refusal that an operation declares is documented with its status', async () => {
  const tables = await readOperations()
  for (const [name, routes] of Object.entries(tables)) {
    for (const [route, operation] of Object.entries(routes)) {
      const [method = '', pattern = ''] = route.split(' ')
      const path = `/api/v1/${name}${pattern.replace(/^\/$/, '').replace(/[:*](\w+)/g, '{$1}')}`
      const responses = document.paths[path]?.[method.toLowerCase()]?.responses ?? {}
      const declared = operation.kind === 'open' ? [] : ((operation.refuses ?? []) as ProblemCode[])
      for (const code of declared) {
        const name = responses[problems[code][0]]?.$ref?.split('/').at(-1) ?? ''
        const schema = refusals[name]?.content['application/problem+json']?.schema
        assert.ok(schema?.allOf[1]?.properties?.code.enum.includes(code), `${route} does not document ${code}`)
      }
    }
  }
})

test('every variable of a path is a required parameter, and every operation has a name of its own', () => {
  for (const { path, documented } of operations) {
    const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const parameters = documented.parameters.filter((each) => each.in === 'path')
    assert.deepEqual(
      parameters.map(({ name, required }) => [name, required]),
      variables.map((name) => [name, true]),
      path,
    )
  }
  assert.equal(new Set(operations.map(({ documented }) => documented.operationId)).size, operations.length)
})

test('only what anybody may ask has no security', () => {
  const open = operations.filter(({ documented }) => documented.security.length === 0).map(({ path }) => path)
  assert.deepEqual(open.sort(), [
    '/api/v1/audit/receipts/{receiptId}',
    '/api/v1/health',
    '/api/v1/invitations/{token}',
    '/api/v1/library/public',
    '/api/v1/settings',
    '/api/v1/settings/announcements',
    '/api/v1/settings/data',
    '/api/v1/shares/open/{token}',
  ])
})
