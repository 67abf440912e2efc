import { problems, type ProblemCode } from '../contract/problem.ts'

/** By status, where it is described what these codes say: the same few stand under nearly every operation. */
export function problemReferences(codes: readonly ProblemCode[]): Record<string, { $ref: string }> {
  return Object.fromEntries(byStatus(codes).map(([status, alike]) => [status, { $ref: `${place}${nameOf(alike)}` }]))
}

/** What all references of these operations lead to. */
export function problemResponses(refused: readonly (readonly ProblemCode[])[]): Record<string, object> {
  const each = refused.flatMap(byStatus).map(([, alike]) => [nameOf(alike), responseOf(alike)] as const)
  return Object.fromEntries(new Map(each))
}

const place = '#/components/responses/'

const byStatus = (codes: readonly ProblemCode[]): [string, ProblemCode[]][] =>
  Object.entries(Object.groupBy(codes, (code) => problems[code][0])).map(([status, alike = []]) => [
    status,
    alike.toSorted(),
  ])

const nameOf = (alike: readonly ProblemCode[]) => alike.join('-or-')

const responseOf = (alike: readonly ProblemCode[]) => ({
  description: alike.map((code) => `\`${code}\`: ${problems[code][1]}`).join('\n'),
  content: {
    'application/problem+json': {
      schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: alike } } }] },
    },
  },
})
