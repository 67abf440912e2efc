import * as z from 'zod'
import { functionCeilings } from './limits.ts'

const strings = z.record(z.string(), z.string())
const values = z.record(z.string(), z.json())
const web = z.union([z.boolean(), z.literal('raw')])
const forbiddenAnnotations = ['web-export', 'raw-http', 'require-whisk-auth', 'final']
const annotations = values.refine(
  (given) => forbiddenAnnotations.every((name) => !(name in given)),
  `use the keys web and webSecure instead of the annotations ${forbiddenAnnotations.join(', ')}`,
)

const Trigger = z.strictObject({
  name: z.string().min(1),
  enabled: z.boolean().optional(),
  type: z.literal('SCHEDULED').optional(),
  scheduledDetails: z.strictObject({ cron: z.string(), body: values.optional() }).optional(),
  sourceType: z.literal('scheduler').optional(),
  sourceDetails: z.strictObject({ cron: z.string(), withBody: values.optional() }).optional(),
})

const Function = z.strictObject({
  name: z.string().min(1),
  runtime: z.string().optional(),
  main: z.string().optional(),
  file: z.string().optional(),
  web: web.optional(),
  webSecure: z.union([z.string().min(1), z.literal(false)]).optional(),
  parameters: values.optional(),
  environment: strings.optional(),
  annotations: annotations.optional(),
  limits: z
    .strictObject({
      timeout: z.number().int().min(1).max(functionCeilings.timeout).optional(),
      memory: z.number().int().min(128).max(functionCeilings.memory).optional(),
      logs: z.number().int().min(0).max(functionCeilings.logs).optional(),
    })
    .optional(),
  triggers: z.array(Trigger).optional(),
  remoteBuild: z.boolean().optional(),
  localBuild: z.boolean().optional(),
})

const Package = z.strictObject({
  name: z.string().min(1),
  shared: z.boolean().optional(),
  web: web.optional(),
  environment: strings.optional(),
  parameters: values.optional(),
  annotations: values.optional(),
  functions: z.array(Function).optional(),
  actions: z.array(Function).optional(),
})

/** What a project.yml may hold; an unknown key is an error, as it is for the deployer. */
export const ProjectSchema = z.strictObject({
  targetNamespace: z.string().optional(),
  parameters: values.optional(),
  environment: strings.optional(),
  packages: z.array(Package),
})

export type PackageEntry = z.infer<typeof Package>
export type FunctionEntry = z.infer<typeof Function>
export type TriggerEntry = z.infer<typeof Trigger>
export type ProjectEntry = z.infer<typeof ProjectSchema>
