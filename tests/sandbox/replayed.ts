import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { Recording } from '../../lib/contract/recording.ts'
import { ReplayedStep } from '../../sandbox/replay/wire.ts'
import { replayJobOf } from '../../scripts/replay/recorded.ts'
import { endAllBelow, furnish } from './box.ts'
import type { openStage } from './stage.ts'

/** Makes the recorded run of a stage again in folders of its own, and answers what came of each step. */
export async function replayed(
  t: TestContext,
  { plane, generationId }: Awaited<ReturnType<typeof openStage>>,
): Promise<ReplayedStep[]> {
  const root = mkdtempSync('/var/tmp/everjust-stage-')
  chmodSync(root, 0o755)
  t.after(() => {
    endAllBelow(root)
    rmSync(root, { recursive: true, force: true })
  })
  furnish(root)
  const recording = Recording.parse(JSON.parse(String(plane.objects.get(`/objects/recordings/${generationId}.json`))))
  const below = (folder: string) =>
    new Map([...plane.objects].map(([path, bytes]) => [path.slice(`/objects/${folder}/`.length), bytes]))
  const stored = { base: null, objects: below('recorded'), contents: below('blobs') }
  const file = join(root, 'replay.json')
  writeFileSync(file, JSON.stringify(replayJobOf(recording, stored)))
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'opt/everjust/bin/replay.js'), file], {
    cwd: '/',
    env: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, EVERJUST_SANDBOX_ROOT: root },
  })
  return stdout.split('\n').flatMap((line) => (line ? [ReplayedStep.parse(JSON.parse(line))] : []))
}
