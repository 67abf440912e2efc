import { openRunTokens, type RunTokens } from '../lib/auth/run-token.ts'
import type { Config } from '../lib/config.ts'
import type { DeskOf, RelayContext } from '../lib/context.ts'
import { openRelayContext } from '../lib/production-relay.ts'
import { openDatabase } from '../lib/store/sql.ts'

/** What the service asks of the world: what the relay does, and who calls. */
export interface GatewayContext extends RelayContext {
  runTokens: RunTokens
}
export type GatewayDesk = DeskOf<GatewayContext>

const connections = 8

export const openGatewayContext = (config: Config): GatewayContext => ({
  ...openRelayContext(config),
  // Many replies stream at once here, where a function has one.
  database: openDatabase(config.text('DATABASE_URL'), connections),
  runTokens: openRunTokens(config.secret('TOKEN_SECRET')),
})
