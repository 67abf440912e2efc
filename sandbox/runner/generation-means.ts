import type { RunJob } from '../../lib/contract/run.ts'
import type { ControlPlane } from './control-plane.ts'
import type { DevServer } from './app/dev-server.ts'
import type { Reporter } from './reporting/reporter.ts'
import type { ToolHost } from './host/tool-host.ts'

/** What a generation works with. */
export interface GenerationMeans {
  job: RunJob
  generation: NonNullable<RunJob['generation']>
  plane: ControlPlane
  reporter: Reporter
  host: ToolHost
  dev: DevServer
}
