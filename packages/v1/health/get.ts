import type { Context } from '../../../lib/context.ts'
import { Health } from '../../../lib/contract/health.ts'
import { openOperation } from '../../../lib/entry/operation.ts'

export const getHealth = openOperation({
  summary: 'Ask whether the services the API relies on answer',
  answers: [200, Health],
  run: (context) => lookedAt(context),
})

const deadlineMs = 1_000
const keptMs = 5_000

let last: { at: number; of: Context['probes']; health: Promise<Health> } | undefined

/** The probes cost something, so that an instance looks at most every five seconds, however often it is asked. */
function lookedAt({ probes, now }: Context): Promise<Health> {
  const at = now().getTime()
  if (!last || last.of !== probes || at - last.at >= keptMs) last = { at, of: probes, health: look(probes) }
  return last.health
}

async function look(probes: Context['probes']): Promise<Health> {
  const looks = Object.entries(probes).map(async ([name, probe]) => [name, await tried(probe)] as const)
  const checks = Object.fromEntries(await Promise.all(looks))
  return { status: Object.values(checks).every(({ ok }) => ok) ? 'ok' : 'degraded', checks }
}

async function tried(probe: () => Promise<unknown>): Promise<{ ok: boolean; ms: number }> {
  const started = performance.now()
  const ok = await Promise.race([
    probe().then(
      () => true,
      () => false,
    ),
    new Promise<false>((resolve) => setTimeout(resolve, deadlineMs, false).unref()),
  ])
  return { ok, ms: Math.round(performance.now() - started) }
}
