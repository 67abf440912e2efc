import { place } from '../../place.ts'
import { askPerson } from './ask-person.ts'
import { besides } from './asked-message.ts'
import type { Clock } from '../clock.ts'
import { conventionsOf } from './conventions.ts'
import { openFrame } from './framing.ts'
import type { GenerationMeans } from '../generation-means.ts'
import { openModel, type Model } from '../model/model.ts'
import { systemPrompt } from './system-prompt.ts'
import { openTools, type Step } from '../host/tools.ts'

interface Options extends Omit<GenerationMeans, 'dev'> {
  clock: Clock
  step: Step
}

/** The model of a generation, told all that its job and the project's own rules say. */
export async function openInformedModel(options: Options): Promise<Model> {
  const { job, generation, plane, reporter, host, clock, step } = options
  const { mode, rules, secrets = [], memory, conversation } = generation
  const conventions = await conventionsOf(host, job.template)
  const frame = openFrame(generation.id)
  return openModel({
    generation,
    system: systemPrompt({ project: place.project, template: job.template, mode, rules, secrets, conventions }),
    tools: [...openTools({ host, reporter, clock, step, mode }), askPerson],
    telling: { memory, conversation, besides: besides(generation, frame), frame },
    plane,
    // What goes by mail goes to the API alone.
    gateway: job.mail ? undefined : job.gateway,
    reporter,
    clock,
  })
}
