import type { OrganizationId } from '../contract/ids.ts'
import type { Tier } from '../contract/user.ts'
import { catalogue } from './catalogue.ts'
import { isScripted } from './prices.ts'

/** How an organization uses models; `ownModel` is set when it pays for them by a key of its own. */
export interface Engine {
  /** The models its people may choose; null allows all that it could have. */
  models: readonly string[] | null
  defaultModel: string | null
  /** That of the project, which goes before it. */
  projectModel?: string | null
  ownModel: { url: string | null } | null
  /** What each of its runs is told. */
  rules?: string
}

export interface Circumstances {
  tier: Tier
  engine: Engine
  /** The model that this installation uses by default, which tells whether it has a real one at all. */
  installed: string
}

export interface Choice {
  model: string
  /** The model that may step in; null when none may. */
  fallbackModel: string | null
  ownKey: boolean
}

/** The models that may be chosen, best first. */
export function offeredTo({ tier, engine, installed }: Circumstances): string[] {
  const { models, ownModel } = engine
  // Nobody here knows what an endpoint of their own offers: what they name is believed.
  if (ownModel?.url && models) return [...models]
  const possible = Object.entries(catalogue)
    .filter(([, { tiers }]) => ownModel !== null || tiers.includes(tier))
    .map(([model]) => model)
    .filter((model) => isScripted(model) === (ownModel === null && isScripted(installed)))
  return models ? possible.filter((model) => models.includes(model)) : possible
}

/** What is used when nothing is chosen; undefined when nothing is offered. */
export function defaultOf({ tier, engine, installed }: Circumstances): string | undefined {
  const offered = offeredTo({ tier, engine, installed })
  const wished = [engine.projectModel, engine.defaultModel, installed].find((model) => model && offered.includes(model))
  return wished ?? offered[0]
}

interface Wished {
  model?: string | undefined
  mayFallBack: boolean
}

/** The model of a run, or the sentence that says why there is none. */
export function choose({ model: asked, mayFallBack }: Wished, circumstances: Circumstances): Choice | string {
  const offered = offeredTo(circumstances)
  const model = asked ?? defaultOf(circumstances)
  if (model === undefined) return 'Your organization allows no model that this installation offers.'
  if (!offered.includes(model)) return `The model ${model} is not offered here. Choose one of: ${offered.join(', ')}.`
  const fallbackModel = mayFallBack ? siblingOf(model, offered) : null
  return { model, fallbackModel, ownKey: circumstances.engine.ownModel !== null }
}

/** The nearest cheaper model that is offered too. */
function siblingOf(model: string, offered: readonly string[]): string | null {
  const sibling = catalogue[model]?.sibling ?? null
  return sibling === null || offered.includes(sibling) ? sibling : siblingOf(sibling, offered)
}

/** Why these settings cannot be kept, or undefined when they can. */
export function objectionToModels(circumstances: Circumstances): string | undefined {
  const { models, defaultModel, ownModel } = circumstances.engine
  const unknown = ownModel?.url ? undefined : models?.find((model) => !(model in catalogue))
  if (unknown !== undefined) return `There is no model ${unknown}.`
  if (defaultModel === null || offeredTo(circumstances).includes(defaultModel)) return undefined
  return `The model ${defaultModel} cannot be the default: it is not among those allowed.`
}

/** What the sealed key of an organization is bound to. */
export const ownModelAbout = (id: OrganizationId) => `${id} own-model`
