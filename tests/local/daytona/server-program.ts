import { startDaytona } from '../../../local/daytona/start.ts'

/** A server in a process of its own, so that a test can kill it. Its data folder is the first argument. */
const server = await startDaytona({
  dataDir: process.argv[2] ?? '',
  apiKey: 'dtn_test',
  snapshots: { trusted: {}, generated: { user: 'app' } },
  log: () => undefined,
})
process.stdout.write(`${JSON.stringify({ apiUrl: server.apiUrl, apiKey: server.apiKey })}\n`)
