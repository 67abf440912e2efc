import type { IForbiddenRuleType } from 'dependency-cruiser'

/** What each room may import, beside itself: rooms, packages of npm, or modules of Node. */
const rooms: readonly { room: string; may: readonly string[]; types?: readonly string[] }[] = [
  { room: 'lib/contract', may: ['npm:zod'] },
  { room: 'lib/domain', may: ['lib/contract', 'npm:zod'] },
  { room: 'lib/ports', may: ['lib/contract', 'lib/domain'] },
  {
    room: 'lib/adapters',
    may: [
      'lib/contract',
      'lib/domain',
      'lib/ports',
      'lib/config.ts',
      'lib/ask-json.ts',
      'npm:aws4fetch',
      'npm:@daytonaio/sdk',
      'node:',
    ],
  },
  {
    room: 'lib/store',
    may: ['lib/contract', 'lib/domain', 'lib/ports/fault.ts', 'npm:postgres', 'node:'],
    types: ['lib/ports'],
  },
  {
    room: 'lib/auth',
    may: [
      'lib/contract',
      'lib/domain',
      'lib/ports/fault.ts',
      'lib/store/people.ts',
      'lib/ask-json.ts',
      'lib/config.ts',
      'npm:jose',
      'node:',
    ],
    types: ['lib/store'],
  },
  {
    room: 'lib/entry',
    may: ['lib/contract', 'lib/domain', 'lib/ports/fault.ts', 'lib/store', 'npm:zod', 'node:'],
    types: ['lib/context.ts', 'lib/log.ts', 'lib/ports'],
  },
  {
    room: 'lib/work',
    may: ['lib/contract', 'lib/domain', 'lib/ports', 'node:'],
    types: ['lib/context.ts', 'lib/store'],
  },
  {
    room: 'packages',
    may: ['lib/contract', 'lib/domain', 'lib/entry', 'lib/ports', 'lib/work', 'lib/production', 'npm:zod', 'node:'],
    types: ['lib/context.ts', 'lib/store', 'lib/auth'],
  },
  {
    room: 'gateway',
    may: [
      'lib/auth/run-token.ts',
      'lib/contract',
      'lib/domain',
      'lib/entry',
      'lib/ports',
      'lib/store/sql.ts',
      'lib/store/stores.ts',
      'lib/work',
      'lib/config.ts',
      'lib/production',
      'node:',
    ],
    types: ['lib/context.ts', 'lib/store'],
  },
  { room: 'engines', may: ['lib/contract', 'node:'] },
  {
    room: 'sandbox',
    may: [
      'lib/contract',
      'lib/domain',
      'npm:@anthropic-ai/sdk',
      'npm:@lydell/node-pty',
      'npm:jose',
      'npm:ws',
      'npm:zod',
      'node:',
    ],
    // The project's own, which our program of the preview loads.
    types: ['npm:vite'],
  },
  {
    room: 'local',
    // Of the rules only the prices, which are written once.
    may: ['lib/contract', 'lib/config.ts', 'lib/domain/tiers.ts', 'gateway/', 'scripts', 'npm:', 'node:'],
    types: ['lib/ports'],
  },
]

const pattern = (allowed: string): string => {
  if (allowed === 'npm:') return 'node_modules/'
  if (allowed.startsWith('npm:')) return `node_modules/${allowed.slice(4)}/`
  if (allowed === 'node:') return '^(node:)?[a-z_/]+$'
  return `^${allowed}`
}
const anyOf = (allowed: readonly string[]) => `(${allowed.map(pattern).join('|')})`

/** Rules for dependency-cruiser. */
export const forbidden: IForbiddenRuleType[] = [
  ...rooms.flatMap(({ room, may, types = [] }): IForbiddenRuleType[] => [
    {
      name: `${room} imports only what it may`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: { pathNot: anyOf([`${room}/`, ...may, ...types]) },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${room} knows some rooms by their types alone`,
            severity: 'error' as const,
            from: { path: `^${room}/` },
            to: {
              path: anyOf(types),
              pathNot: anyOf([`${room}/`, ...may]),
              dependencyTypesNot: ['type-only' as const],
            },
          },
        ]),
  ]),
  {
    name: 'functions do not import each other',
    severity: 'error',
    from: { path: '^packages/([^/]+/[^/]+)/' },
    to: { path: '^packages/', pathNot: '^packages/$1/' },
  },
  {
    name: 'stand-ins do not import each other; only those who start them all do',
    severity: 'error',
    from: { path: '^local/([^/]+)/', pathNot: '^local/(stack|terminal|front-door)/' },
    to: { path: '^local/[^/]+/', pathNot: '^local/($1|pages)/' },
  },
  {
    name: 'no circles, not even among types',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
]
