import type { OfferedModel } from '#lib/contract.ts'

/** A project's own model goes before the usual one of its organization, as long as it is offered. */
export function withUsual(models: readonly OfferedModel[], ofProject: string | null): readonly OfferedModel[] {
  if (!models.some(({ id }) => id === ofProject)) return models
  return models.map((model) => ({ ...model, isDefault: model.id === ofProject }))
}
