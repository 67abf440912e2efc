import { join } from 'node:path'
import { installTemplates } from '../../scripts/install-templates.ts'
import { grantLogin, migrate } from '../../scripts/migrate.ts'
import { unpackBrowser } from '../../scripts/unpack-browser.ts'
import type { Settings } from '../../scripts/settings.ts'
import { startBilling } from '../billing/index.ts'
import { startDaytona } from '../daytona/start.ts'
import { startIssuer } from '../issuer/index.ts'
import { startModel } from '../model/start.ts'
import { startPostgres } from '../postgres/index.ts'
import { startPost } from '../post/index.ts'
import { startRedis } from '../redis/index.ts'
import { startSpaces } from '../spaces/index.ts'
import { audience, bucket, clientId, isReal, snapshot, type Addresses, type Vendor } from './environment.ts'
import { sandboxImage } from './image.ts'
import type { Ports } from './ports.ts'
import { boughtAt, meteredAt, soldAt } from './prices.ts'
import { hostAndPort, npmRegistry } from './registry.ts'
import type { Secrets } from './secrets.ts'
import { seedPeople } from './seed.ts'

interface Options {
  dataDir: string
  templatesDir?: string
  ports: Ports
  secrets: Secrets
  settings: Settings
  frontDoorUrl: string
  say: (line: string) => void
}

export type StandIns = Awaited<ReturnType<typeof startStandIns>>

/** Starts every stand-in whose real vendor is not named in the settings, all at once. */
export async function startStandIns(options: Options) {
  await using started = new AsyncDisposableStack()
  const unless = async <T extends { stop(): Promise<void> }>(vendor: Vendor, start: () => Promise<T>) => {
    if (isReal(vendor, options.settings)) return undefined
    const part = await start()
    started.defer(() => part.stop())
    return part
  }
  const registry = await npmRegistry()
  const [postgres, redis, spaces, issuer, model, post, billing, daytona] = await settleAll([
    unless('postgres', () => openPostgres(options)),
    unless('redis', () => openRedis(options)),
    unless('spaces', () => openSpaces(options)),
    unless('issuer', () => openIssuer(options)),
    unless('model', () => startModel({ port: options.ports.model, apiKey: options.secrets.ANTHROPIC_API_KEY })),
    unless('post', () => openPost(options)),
    unless('billing', () => openBilling(options)),
    unless('daytona', () => openDaytona(options, registry)),
  ])
  if (postgres && issuer) await seedPeople(postgres.ownerUrl, issuer.issuer, issuer.people())
  const all = started.move()
  const parts = { postgres, redis, issuer, post, billing, daytona }
  const addresses = addressesOf({ ...parts, model, spaces }, options.settings)
  return {
    ...parts,
    addresses,
    ...reachable(addresses, options, registry),
    issueToken: async (email: string): Promise<string> => {
      if (!issuer)
        throw new Error('Tokens of local people come from the local issuer; this installation uses a real one.')
      return issuer.issueToken(email)
    },
    stop: () => all.disposeAsync(),
  }
}

type Started = Record<'postgres' | 'redis' | 'model' | 'post' | 'billing', { url: string } | undefined> & {
  spaces: { endpoint: string } | undefined
  issuer: { domain: string } | undefined
  daytona: { apiUrl: string } | undefined
}

const addressesOf = ({ postgres, redis, model, post, billing, spaces, issuer, daytona }: Started, settings: Settings) =>
  ({
    postgres: urlOf(postgres),
    redis: urlOf(redis),
    model: urlOf(model),
    post: urlOf(post),
    billing: urlOf(billing),
    spaces: spaces?.endpoint ?? settings['SPACES_ENDPOINT'] ?? '',
    issuer: issuer?.domain ?? `https://${settings['AUTH0_DOMAIN']}`,
    daytona: daytona?.apiUrl ?? '',
  }) satisfies Omit<Addresses, 'frontDoor' | 'functions'>

/** Nothing asks for the address of a stand-in that gave way. */
const urlOf = (part: { url: string } | undefined): string => part?.url ?? ''

/** Which hosts a sandbox may reach (API, object storage, npm's registry), and which the site may talk to and frame. */
function reachable(
  { issuer, spaces }: Pick<Addresses, 'issuer' | 'spaces'>,
  { frontDoorUrl, ports }: Options,
  registry: URL,
) {
  const previews = `localhost:${ports.daytona}`
  return {
    allowHosts: [...new Set([new URL(frontDoorUrl).hostname, new URL(spaces).hostname, registry.hostname])],
    connects: [issuer, spaces, `ws://*.${previews}`, 'https:', 'wss:'],
    frames: [`http://*.${previews}`, 'https:'],
  }
}

/** Waits for all, so that what did start can be stopped when one did not. */
async function settleAll<T extends readonly Promise<unknown>[]>(
  parts: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(parts)
  return Promise.all(parts) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>
}

async function openPostgres({ dataDir, ports }: Options) {
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.postgres })
  await migrate(postgres.ownerUrl)
  await grantLogin(postgres.ownerUrl, postgres.url)
  return postgres
}

function openRedis({ dataDir, ports, secrets }: Options) {
  return startRedis({ dataDir: join(dataDir, 'redis'), port: ports.redis, token: secrets.UPSTASH_REDIS_REST_TOKEN })
}

function openSpaces({ dataDir, ports, secrets, frontDoorUrl }: Options) {
  return startSpaces({
    dataDir: join(dataDir, 'spaces'),
    port: ports.spaces,
    accessKey: secrets.SPACES_KEY,
    secretKey: secrets.SPACES_SECRET,
    buckets: [bucket],
    corsOrigins: [frontDoorUrl],
  })
}

function openPost({ dataDir, ports, secrets }: Options) {
  return startPost({ dataDir: join(dataDir, 'post'), port: ports.post, apiKey: secrets.RESEND_API_KEY })
}

function openBilling({ dataDir, ports, secrets, frontDoorUrl }: Options) {
  return startBilling({
    dataDir: join(dataDir, 'billing'),
    port: ports.billing,
    apiKey: secrets.STRIPE_SECRET_KEY,
    prices: soldAt,
    bought: boughtAt,
    metered: meteredAt,
    codes: { WELCOME: 50 },
    webhook: { url: `${frontDoorUrl}/api/hooks/stripe`, secret: secrets.STRIPE_WEBHOOK_SECRET },
  })
}

function openIssuer({ dataDir, ports, frontDoorUrl }: Options) {
  return startIssuer({
    dataDir: join(dataDir, 'issuer'),
    port: ports.issuer,
    audience,
    clientId,
    webOrigins: [frontDoorUrl],
  })
}

async function openDaytona(options: Options, registry: URL) {
  const { dataDir, templatesDir = dataDir, ports, secrets, say, frontDoorUrl } = options
  const [templates, browser] = await Promise.all([
    installTemplates({ dataDir: templatesDir, say }),
    unpackBrowser({ dataDir: templatesDir, say }),
  ])
  const image = sandboxImage({ programs: join(import.meta.dirname, '../../build/sandbox'), templates, browser })
  return startDaytona({
    dataDir: join(dataDir, 'daytona'),
    port: ports.daytona,
    apiKey: secrets.DAYTONA_API_KEY,
    snapshots: { [snapshot]: { ...image, env: { npm_config_registry: registry.href } } },
    egress: {
      loopback: [
        hostAndPort(new URL(frontDoorUrl)),
        `localhost:${ports.spaces}`,
        `localhost:${ports.gateway}`,
        hostAndPort(registry),
      ],
    },
    log: say,
  })
}
