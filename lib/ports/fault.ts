export type ServiceName =
  'postgres' | 'redis' | 'spaces' | 'daytona' | 'anthropic' | 'issuer' | 'functions' | 'mail' | 'stripe'

/** A service the platform relies on could not do its part. Thrown by adapters and the store only. */
export class Fault extends Error {
  override name = 'Fault'
  readonly service: ServiceName
  readonly doing: string
  readonly retryable: boolean

  constructor(service: ServiceName, doing: string, options: { retryable: boolean; cause?: unknown }) {
    super(`${service} failed while ${doing}`, { cause: options.cause })
    this.service = service
    this.doing = doing
    this.retryable = options.retryable
  }
}

/** Whether what failed may go well the next time; what no adapter named counts as passing. */
export const isPassing = (error: unknown): boolean => !(error instanceof Fault) || error.retryable
