import type { NewGeneration } from '#lib/contract.ts'

/** A request as it is sent; what is left out is up to the API. */
export type Request = { prompt: string } & Partial<NewGeneration>
