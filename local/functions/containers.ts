import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { openContainer } from './container.ts'
import type { Limits } from './limits.ts'
import { createPool } from './pool.ts'
import type { Pool } from './pool.ts'
import type { FunctionSpec } from './project-file.ts'
import { startWatchdog } from './watchdog.ts'

export type ContainersSetting = { bundlesDir: string; namespace: string; limits: Limits; apiHost: () => string }

/** Prepares what containers need on this machine, and the pool that keeps them; `stop` removes all of it. */
export async function prepareContainers(setting: ContainersSetting): Promise<Pool> {
  const { bundlesDir, namespace, limits, apiHost } = setting
  const scratch = await mkdtemp(join(tmpdir(), 'functions-'))
  const program = await writeProgram(scratch)
  const watchdog = startWatchdog(scratch)
  const bundleOf = (spec: FunctionSpec): string => findBundle(bundlesDir, spec)
  const pool = createPool({
    open: (spec) => openContainer({ program, bundle: bundleOf(spec), spec, namespace, apiHost: apiHost(), watchdog }),
    bundleOf,
    pauseMs: limits.pauseMs,
    idleMs: limits.idleMs,
  })
  const stop = async (): Promise<void> => {
    await pool.stop()
    watchdog.stop()
    await rm(scratch, { recursive: true, force: true })
  }
  return { ...pool, stop }
}

function findBundle(bundlesDir: string, spec: FunctionSpec): string {
  const folder = join(bundlesDir, spec.package)
  const places = [
    join(folder, spec.name, 'index.js'),
    join(folder, spec.name, 'index.mjs'),
    join(folder, `${spec.name}.js`),
  ]
  return places.find((place) => existsSync(place)) ?? join(folder, spec.name, 'index.js')
}

async function writeProgram(folder: string): Promise<string> {
  const source = await readFile(new URL('container-program.ts', import.meta.url), 'utf8')
  const { code } = transformSync(source, { loader: 'ts', format: 'cjs', platform: 'node', target: 'node22' })
  const program = join(folder, 'container.cjs')
  await writeFile(program, code)
  return program
}
