import { mkdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const HERE = import.meta.dirname
const TARGET = join(HERE, '../../build/daytona/toolbox.js')

/** Bundles the program that runs inside every sandbox into one file and answers its path. */
export async function buildToolbox(): Promise<string> {
  const fresh = `${TARGET}.${process.pid}`
  await mkdir(dirname(TARGET), { recursive: true })
  await build({
    entryPoints: [join(HERE, 'toolbox/main.ts')],
    outfile: fresh,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    minify: true,
    external: ['bufferutil', 'utf-8-validate'],
    logLevel: 'silent',
  })
  await rename(fresh, TARGET)
  return TARGET
}
