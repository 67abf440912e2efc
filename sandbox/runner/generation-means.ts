import type { RunJob } from '../../lib/contract/run.ts'
import type { ControlPlane } from './control-plane.ts'
import type { DevServer } from './dev-server.ts'
import type { Reporter } from './reporter.ts'
import type { ToolHost } from './tool-host.ts'

/** What a generation works with. */
export interface GenerationMeans {
  job: RunJob
  generation: NonNullable<RunJob['generation']>
  plane: ControlPlane
  reporter: Reporter
  host: ToolHost
  dev: DevServer
}
