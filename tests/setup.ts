import { writeMessages } from '../scripts/write-messages.ts'
import { openCluster, type Cluster } from './world/cluster.ts'

/** One Postgres for a whole `npm test`; the test processes find it by the environment they inherit. */
let cluster: Cluster | undefined

export async function globalSetup(): Promise<void> {
  await writeMessages()
  cluster = await openCluster()
  process.env['EVERJUST_TEST_POSTGRES'] = JSON.stringify(cluster.addresses)
}

export async function globalTeardown(): Promise<void> {
  await cluster?.close()
}
