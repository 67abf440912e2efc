import { join } from 'node:path'
import * as z from 'zod'
import { readJson, writeJson } from '../json-file.ts'
import { freePort, isFree } from '../listen.ts'

const parts = [
  'frontDoor',
  'issuer',
  'spaces',
  'daytona',
  'functions',
  'redis',
  'model',
  'postgres',
  'gateway',
  'post',
  'billing',
] as const
export type Part = (typeof parts)[number]
export type Ports = Record<Part, number>

const Remembered = z.partialRecord(z.enum(parts), z.int())

/**
 * A port for every part. The front door has the port that was asked for (0 = any free one); the others keep the ones
 * they had, so that addresses stay the same over restarts, or take the next ones, or any.
 */
export async function choosePorts(dataDir: string, frontDoor: number): Promise<Ports> {
  const file = join(dataDir, 'ports.json')
  const remembered = (await readJson(file, Remembered)) ?? {}
  const taken = new Set<number>()
  const chosen: Partial<Ports> = {}
  for (const [at, part] of parts.entries()) {
    const wanted = part === 'frontDoor' ? [frontDoor] : [remembered[part] ?? 0, frontDoor && frontDoor + at]
    const port = await firstFree(wanted.filter((each) => each !== 0 && !taken.has(each)))
    if (part === 'frontDoor' && frontDoor !== 0 && port !== frontDoor) throw new PortTaken(frontDoor)
    taken.add(port)
    chosen[part] = port
  }
  await writeJson(file, chosen)
  return chosen as Ports
}

export class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use. Set EVERJUST_PORT to another one (0 takes any), or end what listens there.`)
  }
}

async function firstFree(wanted: number[]): Promise<number> {
  for (const port of wanted) if (await isFree(port)) return port
  return freePort()
}
