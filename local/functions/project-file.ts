import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { parseCron } from './cron.ts'
import { functionDefaults, mostTriggers } from './limits.ts'
import { ProjectSchema } from './project-schema.ts'
import type { FunctionEntry, PackageEntry, ProjectEntry, TriggerEntry } from './project-schema.ts'
import { fillTemplate } from './templating.ts'
import type { Variables } from './templating.ts'

/** One deployed function, its settings merged from project, package and function. */
export type FunctionSpec = {
  /** `package/function`, or the bare name in the default package. */
  address: string
  package: string
  name: string
  main: string
  web: boolean | 'raw'
  webSecure: string | undefined
  /** The function answers OPTIONS and sets CORS headers itself. */
  customOptions: boolean
  parameters: Record<string, unknown>
  environment: Record<string, string>
  timeoutMs: number
  memoryMb: number
  logsKb: number
}

export type TriggerSpec = {
  name: string
  address: string
  enabled: boolean
  cron: string
  body: Record<string, unknown>
}

export type Project = { functions: FunctionSpec[]; triggers: TriggerSpec[] }

/** Reads a project.yml with its placeholders filled from `variables`; throws on anything the deployer would refuse. */
export function readProjectFile(path: string, variables: Variables): Project {
  const text = fillTemplate(readFileSync(path, 'utf8'), variables, dirname(path))
  if (text.includes('\t')) throw new Error(`${path} contains a tab, which YAML forbids`)
  // Pretty errors quote the line at fault, which may hold a secret by now.
  const parsed = ProjectSchema.safeParse(parse(text, { prettyErrors: false }))
  if (!parsed.success) throw new Error(`${path} is not valid:\n${z.prettifyError(parsed.error)}`)
  return describe(parsed.data)
}

function describe(project: ProjectEntry): Project {
  const functions: FunctionSpec[] = []
  const triggers: TriggerSpec[] = []
  for (const folder of project.packages) {
    for (const entry of [...(folder.functions ?? []), ...(folder.actions ?? [])]) {
      const spec = describeFunction(project, folder, entry)
      if (functions.some((other) => other.address === spec.address))
        throw new Error(`${spec.address} is declared twice`)
      functions.push(spec)
      triggers.push(...(entry.triggers ?? []).map((trigger) => describeTrigger(trigger, spec.address)))
    }
  }
  refuseBadTriggers(triggers)
  return { functions, triggers }
}

function refuseBadTriggers(triggers: TriggerSpec[]): void {
  if (triggers.length > mostTriggers) {
    throw new Error(`${triggers.length} scheduled triggers are declared; a namespace may have ${mostTriggers} at most`)
  }
  const names = new Set(triggers.map(({ name }) => name))
  if (names.size < triggers.length) throw new Error('The names of triggers must be unique in a namespace')
  for (const { cron } of triggers) parseCron(cron)
}

function describeFunction(project: ProjectEntry, folder: PackageEntry, entry: FunctionEntry): FunctionSpec {
  const limits = entry.limits ?? {}
  return {
    address: folder.name === 'default' ? entry.name : `${folder.name}/${entry.name}`,
    package: folder.name,
    name: entry.name,
    main: entry.main ?? 'main',
    web: entry.web ?? folder.web ?? true,
    webSecure: entry.webSecure || undefined,
    customOptions: entry.annotations?.['web-custom-options'] === true,
    parameters: { ...project.parameters, ...folder.parameters, ...entry.parameters },
    environment: { ...project.environment, ...folder.environment, ...entry.environment },
    timeoutMs: limits.timeout ?? functionDefaults.timeout,
    memoryMb: limits.memory ?? functionDefaults.memory,
    logsKb: limits.logs ?? functionDefaults.logs,
  }
}

function describeTrigger(trigger: TriggerEntry, address: string): TriggerSpec {
  const cron = trigger.scheduledDetails?.cron ?? trigger.sourceDetails?.cron
  if (cron === undefined) throw new Error(`The trigger ${trigger.name} has no cron expression`)
  const body = trigger.scheduledDetails?.body ?? trigger.sourceDetails?.withBody ?? {}
  return { name: trigger.name, address, enabled: trigger.enabled ?? true, cron, body }
}
