import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import { close, listen } from '../listen.ts'
import { openCompanies, type Companies } from './companies.ts'
import { dialect } from './dialect.ts'
import { openKeys, type Keys } from './keys.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { management } from './management.ts'
import { openPeople, SEEDED, type NewPerson, type People, type Person } from './people.ts'
import { createProvider } from './provider.ts'
import { setUp } from './set-up.ts'
import { openStore } from './store.ts'
import { managementAudience, MANAGEMENT_CLIENT, type Tenant } from './tenant.ts'
import { mintToken } from './tokens.ts'
import { userinfo } from './userinfo.ts'

export { LOCAL_PASSWORD, SEEDED, type NewPerson, type Person } from './people.ts'

export type IssuerOptions = {
  dataDir: string
  port: number
  audience: string
  clientId: string
  /** The exact origins of the application: callbacks, CORS and sign-out are allowed to these only. */
  webOrigins: string[]
  /** Paths of the application a sign-in or sign-out may return to. */
  callbackPaths?: string[]
  people?: NewPerson[]
}

export type Issuer = {
  domain: string
  issuer: string
  jwksUrl: string
  audience: string
  clientId: string
  management: { audience: string; clientId: string; clientSecret: string }
  people(): Person[]
  addPerson(person: NewPerson): Promise<Person>
  /** A real access token of a local person, good for an hour; the person is made at the first use. */
  issueToken(email: string): Promise<string>
  stop(): Promise<void>
}

/** Starts an OpenID issuer on http://localhost that speaks as an Auth0 tenant does; all it knows lies in `dataDir`. */
export const startIssuer = async (options: IssuerOptions): Promise<Issuer> => {
  await mkdir(options.dataDir, { recursive: true })
  const [keys, people, companies] = await Promise.all([
    openKeys(options.dataDir),
    openPeople(options.dataDir, options.people ?? SEEDED),
    openCompanies(options.dataDir),
  ])
  const server = createServer()
  const tenant = tenantAt(await listen(server, options.port), options, { keys, people, companies })
  const provider = createProvider(tenant, openStore(options.dataDir))
  provider.use(userinfo(tenant))
  provider.use(management(tenant))
  provider.use(setUp(tenant))
  provider.use(login(tenant, provider))
  provider.use(logout(tenant, provider))
  provider.use(dialect(tenant))
  server.on('request', provider.callback())

  return {
    domain: tenant.origin,
    issuer: tenant.issuer,
    jwksUrl: `${tenant.issuer}.well-known/jwks.json`,
    audience: tenant.audience,
    clientId: tenant.clientId,
    management: {
      audience: managementAudience(tenant),
      clientId: MANAGEMENT_CLIENT,
      clientSecret: keys.managementSecret,
    },
    people: people.all,
    addPerson: people.add,
    issueToken: async (email) => mintToken(tenant, await people.add({ email })),
    stop: () => close(server),
  }
}

type Known = { keys: Keys; people: People; companies: Companies }

const tenantAt = (port: number, options: IssuerOptions, known: Known): Tenant => {
  const { audience, clientId, webOrigins, callbackPaths = ['', '/', '/callback'] } = options
  const origin = `http://localhost:${port}`
  const callbacks = webOrigins.flatMap((web) => callbackPaths.map((path) => web + path))
  return { ...known, origin, issuer: `${origin}/`, audience, clientId, webOrigins, callbacks }
}
