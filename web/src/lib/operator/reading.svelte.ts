import { Problem, type Api } from '#lib/api.ts'

/** What a page of the console shows, as it was last read. */
export class Reading<T> {
  value = $state.raw<T | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly api: Api

  constructor(api: Api) {
    this.api = api
  }

  /** What is shown stays until the next is there. */
  async load(path: string): Promise<void> {
    const answer = await this.api.get<T>(path)
    this.problem = answer instanceof Problem ? answer : null
    if (!(answer instanceof Problem)) this.value = answer
  }
}
