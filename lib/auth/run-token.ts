import { jwtVerify, SignJWT } from 'jose'
import type { GenerationId, ProjectId } from '../contract/ids.ts'
import type { Secret } from '../config.ts'
import type { Principal } from '../domain/access.ts'

type Run = Extract<Principal, { kind: 'run' }>

/** Tokens of runs: one project, one generation, one attempt, until the run's deadline. They are JWTs, HS256 (RFC 7519). */
export interface RunTokens {
  mint(run: Omit<Run, 'kind'>, seconds: number): Promise<string>
  /** Undefined for anything that is not a valid run token. */
  read(token: string): Promise<Run | undefined>
}

const audience = 'everjust:run'

export function openRunTokens(secret: Secret): RunTokens {
  const key = new TextEncoder().encode(secret.reveal())
  return {
    mint: ({ projectId, generationId, attempt }, seconds) =>
      new SignJWT({ prj: projectId, gen: generationId, att: attempt })
        .setProtectedHeader({ alg: 'HS256', typ: 'run+jwt' })
        .setAudience(audience)
        .setExpirationTime(`${seconds}s`)
        .sign(key),

    async read(token) {
      const verified = await jwtVerify(token, key, { audience, algorithms: ['HS256'], typ: 'run+jwt' }).catch(
        () => undefined,
      )
      if (!verified) return undefined
      const { prj, gen, att } = verified.payload
      return {
        kind: 'run',
        projectId: prj as ProjectId,
        generationId: (gen ?? null) as GenerationId | null,
        attempt: Number(att),
      }
    },
  }
}
