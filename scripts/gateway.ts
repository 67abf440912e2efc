import { openGatewayContext } from '../gateway/context.ts'
import { startGateway } from '../gateway/server.ts'
import { Config } from '../lib/config.ts'
import { readSettings } from './settings.ts'

/** `npm run gateway`: the model gateway as a service on this machine, with the settings of `.env`. */
const port = Number(process.env['PORT'] ?? '8080')
const settings = { OWN_ENDPOINTS: 'public', ANTHROPIC_BASE_URL: 'https://api.anthropic.com', ...readSettings() }
const gateway = await open().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  console.error(
    'The gateway takes the variables of the jobs in project.yml from .env; on one machine, set MODEL_GATEWAY=service there and npm start starts it.',
  )
  process.exit(1)
})
console.log(`The model gateway is ready: ${gateway.url}`)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void gateway.stop().then(() => process.exit(0)))
}

async function open() {
  return startGateway({ context: openGatewayContext(new Config(settings)), port })
}
