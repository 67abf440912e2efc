import { Config } from '../lib/config.ts'
import { openGatewayContext } from './context.ts'
import { startGateway } from './server.ts'

/** The service by itself, as it is deployed: its settings are those of its environment. */
const { PORT = '8080' } = process.env
const gateway = await startGateway({ context: openGatewayContext(new Config()), port: Number(PORT), host: '0.0.0.0' })
console.log(`The model gateway listens on port ${PORT}.`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void gateway.stop().then(() => process.exit(0)))
}
