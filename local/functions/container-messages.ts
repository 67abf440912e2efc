/** What a function is told about its activation, beside the event; instants in milliseconds since 1970. */
export type ActivationContext = {
  activationId: string
  apiHost: string
  apiKey: string
  deadline: number
  functionName: string
  functionVersion: string
  namespace: string
  requestId: string
}

export type ToContainer =
  | { kind: 'init'; file: string; main: string; environment: Record<string, string> }
  | { kind: 'run'; event: Record<string, unknown>; context: ActivationContext }

export type FromContainer =
  | { kind: 'ready' }
  | { kind: 'broken'; reason: string }
  | { kind: 'result'; result: unknown }
  | { kind: 'invalid'; reason: string }

/** Written on both streams after each activation, so that its lines can be told from those of the next one. */
export const endOfLogs = 'XXX_THE_END_OF_AN_ACTIVATION_XXX'
