import type { Daytona, Sandbox } from '@daytonaio/sdk'
import type { Secret } from '../config.ts'
import type { ProvidedSandbox, ReadySandbox, SandboxPlan, SandboxProvider } from '../ports/sandbox-provider.ts'
import { commandsOf, type Reach } from './daytona-commands.ts'
import { isTaken, patiently, unlessGone } from './daytona-retry.ts'

interface Account {
  apiUrl: string
  apiKey: Secret
  target: string
}

/** Sandboxes of Daytona, by its SDK; loaded when first used, because it is heavy. */
export function openDaytona(account: Account): SandboxProvider {
  let client: Promise<Daytona> | undefined
  const connect = () => (client ??= connectTo(account))
  const get = async (idOrName: string) => (await connect()).get(idOrName)
  const find = (idOrName: string) => get(idOrName).catch(unlessGone)
  const inside: Reach['inside'] = (doing, id, work) => patiently(doing, async () => work(await get(id)))
  return {
    ...commandsOf({ inside, find }),

    ensure: (plan) => patiently('preparing a sandbox', async () => ensure(await connect(), plan)),

    find: (name) =>
      patiently('finding a sandbox', async () => {
        const sandbox = await find(name)
        return sandbox && { id: sandbox.id, state: stateOf(sandbox) }
      }),

    list: (labels) => patiently('listing sandboxes', async () => listOf(await connect(), labels)),

    stop: (name) =>
      patiently('stopping a sandbox', async () => {
        const sandbox = await find(name)
        if (sandbox && stateOf(sandbox) !== 'stopped') await sandbox.stop(60)
      }),

    remove: (name) =>
      patiently('removing a sandbox', async () => {
        const sandbox = await find(name)
        await sandbox?.delete(60, true).catch(unlessGone)
      }),

    writeFile: (id, path, content) =>
      inside('writing a file', id, ({ fs }) => fs.uploadFile(Buffer.from(content), path)),

    signPreview: (id, port, seconds) =>
      inside('signing an address', id, async (sandbox) => (await sandbox.getSignedPreviewUrl(port, seconds)).url),

    endPreview: (id, url) =>
      patiently('ending an address', async () => {
        const [, port, token] = signedHost.exec(new URL(url).hostname) ?? []
        if (!port || !token) throw new Error('not a signed address')
        await (await find(id))?.expireSignedPreviewUrl(Number(port), token).catch(unlessGone)
      }),
  }
}

/** Where a signed address names its port and its token. */
const signedHost = /^(\d+)-([^.]+)\./

async function listOf(client: Daytona, labels: Record<string, string>) {
  const found: (ProvidedSandbox & { name: string })[] = []
  for await (const sandbox of client.list({ labels })) {
    found.push({ id: sandbox.id, name: sandbox.name, state: stateOf(sandbox) })
  }
  return found
}

async function connectTo({ apiUrl, apiKey, target }: Account): Promise<Daytona> {
  const { Daytona } = await import('@daytonaio/sdk')
  // Polling: the SDK's socket would hear of every sandbox of the account, and keep the function awake.
  return new Daytona({ apiUrl, apiKey: apiKey.reveal(), target, useDeprecatedPolling: true, requestTimeoutMs: 15_000 })
}

/** A started sandbox of this name. One that cannot be started any more is removed and made anew: it holds nothing of its own. */
async function ensure(client: Daytona, plan: SandboxPlan): Promise<ReadySandbox> {
  const found = await client.get(plan.name).catch(unlessGone)
  if (!found) return create(client, plan)
  const state = String(found.state)
  if (state === 'started') return ready(found, plan, false)
  if (broken.has(state)) {
    await found.delete(60, true).catch(unlessGone)
    return create(client, plan)
  }
  if (state === 'stopping') await found.waitUntilStopped(30)
  if (rising.has(state)) await found.waitUntilStarted(60)
  else await startAs(found, plan)
  return ready(found, plan, false)
}

/** Starts one that rests, in the size and with the network that are wanted now. */
async function startAs(found: Sandbox, plan: SandboxPlan): Promise<void> {
  // One that is archived has no machine whose size could be changed.
  if (String(found.state) !== 'archived') await resize(found, plan)
  if (plan.allowedHosts && !hasHosts(found, plan))
    await found.updateNetworkSettings({ domainAllowList: plan.allowedHosts.join(',') })
  if (found.autoStopInterval !== plan.idleMinutes) await found.setAutostopInterval(plan.idleMinutes)
  await found.start(60)
}

async function resize(sandbox: Sandbox, { resources }: SandboxPlan): Promise<void> {
  if (!resources || isOfSize(sandbox, { resources })) return
  await sandbox.resize({ cpu: resources.cpu, memory: resources.memoryGiB })
}

/** What the plan leaves open fits. */
const isOfSize = ({ cpu, memory }: Sandbox, { resources }: Pick<SandboxPlan, 'resources'>) =>
  !resources || (cpu === resources.cpu && memory === resources.memoryGiB)
const hasHosts = ({ domainAllowList }: Sandbox, { allowedHosts }: SandboxPlan) =>
  !allowedHosts || inOrder(domainAllowList?.split(',') ?? []) === inOrder(allowedHosts)
const inOrder = (hosts: readonly string[]) =>
  hosts
    .map((host) => host.trim())
    .filter(Boolean)
    .toSorted()
    .join(',')

const broken = new Set(['error', 'build_failed', 'destroyed', 'destroying', 'unknown'])
const rising = new Set(['creating', 'starting', 'restoring', 'pulling_snapshot', 'pending_build', 'resuming'])

async function create(client: Daytona, plan: SandboxPlan): Promise<ReadySandbox> {
  try {
    const made = await client.create(
      {
        name: plan.name,
        snapshot: plan.snapshot,
        // Of the sandbox only: it starts our own programs, and they give up its rights for what is generated.
        user: 'root',
        language: 'typescript',
        labels: { ...plan.labels },
        // Organizations of the lower tiers may not choose: a list is refused with 400.
        ...(plan.allowedHosts ? { domainAllowList: plan.allowedHosts.join(',') } : {}),
        autoStopInterval: plan.idleMinutes,
        autoArchiveInterval: minutesOfDay,
        autoDeleteInterval: 30 * minutesOfDay,
      },
      { timeout: 60 },
    )
    // A snapshot fixes the size that a sandbox is made in; less than that it takes only while it rests.
    if (!isOfSize(made, plan)) {
      await made.stop(60)
      await resize(made, plan)
      await made.start(60)
    }
    return ready(made, plan, true)
  } catch (error) {
    if (!isTaken(error)) throw error
    const found = await client.get(plan.name)
    await found.waitUntilStarted(60)
    return ready(found, plan, false)
  }
}

const minutesOfDay = 24 * 60

function ready(sandbox: Sandbox, plan: SandboxPlan, fresh: boolean): ReadySandbox {
  const { id, cpu, memory, disk } = sandbox
  const asPlanned = isOfSize(sandbox, plan) && hasHosts(sandbox, plan)
  return { id, fresh, asPlanned, resources: { cpu, memoryGiB: memory, diskGiB: disk } }
}

function stateOf({ state }: Sandbox): ProvidedSandbox['state'] {
  if (state === 'started') return 'started'
  return state === 'stopped' || state === 'archived' ? 'stopped' : 'other'
}
