import type { Metafile } from 'esbuild'

/** What a bundle weighs, in bytes, and what of it weighs most. */
export type FunctionReport = { address: string; bytes: number; biggest: { input: string; bytes: number }[] }

const shown = 10

/** Reads the weight of each function's bundle from what the bundler says of it. */
export function reportBundles({ outputs }: Metafile, addresses: string[]): FunctionReport[] {
  return addresses.map((address) => {
    const output = outputs[`build/functions/${address}/index.js`]
    const inputs = Object.entries(output?.inputs ?? {}).map(([input, { bytesInOutput }]) => ({
      input,
      bytes: bytesInOutput,
    }))
    const biggest = inputs.sort((one, other) => other.bytes - one.bytes).slice(0, shown)
    return { address, bytes: output?.bytes ?? 0, biggest }
  })
}
