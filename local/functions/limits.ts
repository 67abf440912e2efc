/** What the platform allows one namespace; times in milliseconds, sizes in bytes. */
export type Limits = {
  perMinute: number
  concurrent: number
  /** How long a caller is kept waiting before it gets 202 and the function goes on alone. */
  blockMs: number
  /** How long a container without work is kept. */
  idleMs: number
  /** How long after its answer a container is frozen. */
  pauseMs: number
  maxBytes: number
}

const kilobyte = 1024

export const platformLimits: Limits = {
  perMinute: 600,
  concurrent: 120,
  blockMs: 30_000,
  idleMs: 600_000,
  pauseMs: 50,
  maxBytes: kilobyte * kilobyte,
}

/** What one function gets when project.yml does not say: milliseconds, megabytes, kilobytes. */
export const functionDefaults = { timeout: 3_000, memory: 256, logs: 256 }

/** The most one function may ask for. */
export const functionCeilings = { timeout: 900_000, memory: 1_024, logs: 256 }

/** How many scheduled triggers a namespace may have. */
export const mostTriggers = 3
