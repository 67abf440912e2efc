import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import { until } from '../world/until.ts'
import { descendants, isAlive, openFolder, run } from './command.ts'

const linux = process.platform === 'linux'

test(
  'npm start, from a sentence to a kill and back',
  { timeout: 200_000, skip: !linux && 'reads /proc' },
  async (t) => {
    const [folder, otherFolder] = await Promise.all([openFolder(t), openFolder(t)])
    const first = run(t, ['start', 'a', 'landing page for a tea house'], folder)
    const [, url = ''] = await first.says(/^EverJust is ready: (http:\/\/localhost:\d+)$/m)
    let project: ProjectId
    let preview: URL

    const token = async (dataDir: string, email: string) => {
      const asked = run(t, ['token', email], dataDir)
      assert.equal(await asked.ended, 0, asked.said())
      return asked.said().trim()
    }
    const ask = async <T>(path: string, { method = 'GET', at = url, dataDir = folder } = {}): Promise<T> => {
      const headers = { authorization: `Bearer ${await token(dataDir, 'ada@example.com')}`, 'idempotency-key': path }
      const answer = await fetch(new URL(path, at), { method, headers })
      assert.ok(answer.ok, `${path} ${answer.status}`)
      return (await answer.json()) as T
    }

    await t.test('says where it is, who may sign in and that no model answers', async () => {
      await first.says(/Sign in as ada@example\.com \(free\), .*password local\./)
      await first.says(/scripted demo answers: no model/)
    })

    await t.test('builds the app, telling each step, and its preview address serves it', async () => {
      const [, address = ''] = await first.says(/^Preview: (\S+)$/m, 90)
      const said = first.said()
      assert.match(said, /^ {2}wrote {4}src\/App\.tsx +\+\d+ −\d+$|^ {2}edited {3}src\/App\.tsx +\+\d+ −\d+$/m)
      assert.match(said, /^ {2}checked {2}typecheck +\d+\.\d s$/m)
      assert.match(said, /^Done in \d+\.\d s\. Cost: \$0\.\d+ \(simulated: scripted demo, no model, nobody pays\)$/m)
      assert.match(said, /^Files: .*src\/App\.tsx/m)
      project = (/\/projects\/(prj_\w+)$/m.exec(said)?.[1] ?? '') as ProjectId
      preview = new URL(address)
      assert.match(await page(preview), /<title>/)
    })

    await t.test('prints a token that works, also for somebody new', async () => {
      const headers = { authorization: `Bearer ${await token(folder, 'newcomer@example.com')}` }
      const { email } = (await (await fetch(new URL(paths.user(), url), { headers })).json()) as { email: string }
      assert.equal(email, 'newcomer@example.com')
    })

    const other = run(t, ['start'], otherFolder)
    await t.test('runs beside another copy, which knows nothing of it', async () => {
      const [, otherUrl = ''] = await other.says(/^EverJust is ready: (\S+)$/m)
      assert.notEqual(otherUrl, url)
      const { items } = await ask<{ items: unknown[] }>(paths.projects(), { at: otherUrl, dataDir: otherFolder })
      assert.deepEqual(items, [])
    })

    await t.test('says so when it runs already', async () => {
      const again = run(t, ['start'], folder)
      assert.equal(await again.ended, 0)
      assert.equal(again.said().trim(), `EverJust runs already: ${url}`)
    })

    await t.test('stops within seconds on Ctrl-C and leaves no process', async () => {
      const below = descendants(other.child.pid ?? 0)
      assert.ok(below.length > 2)
      const asked = performance.now()
      other.child.kill('SIGINT')
      assert.equal(await other.ended, 0)
      assert.ok(performance.now() - asked < 30_000)
      assert.deepEqual(below.filter(isAlive), [])
    })

    await t.test('killed with -9 and started anew it has kept everything, and leaves no orphan', async () => {
      const below = descendants(first.child.pid ?? 0)
      first.child.kill('SIGKILL')
      await first.ended
      const second = run(t, ['start'], folder)
      const [, now = ''] = await second.says(/^EverJust is ready: (\S+)$/m)
      assert.deepEqual(below.filter(isAlive), [])
      const { items } = await ask<{ items: { number: number }[] }>(projectPaths.versions(project), { at: now })
      assert.deepEqual(
        items.map(({ number }) => number),
        [1],
      )
      await ask<Sandbox>(projectPaths.sandbox(project), { method: 'POST', at: now })
      const { preview: shown } = await until(
        () => ask<Sandbox>(projectPaths.sandbox(project), { at: now }),
        (sandbox) => sandbox.state === 'started' && sandbox.preview !== null,
        40_000,
      )
      assert.match(
        await until(
          () => page(new URL(shown?.url ?? '')),
          (text) => text.includes('<title>'),
          20_000,
        ),
        /root/,
      )
      const left = descendants(second.child.pid ?? 0)
      second.child.kill('SIGINT')
      assert.equal(await second.ended, 0)
      assert.deepEqual(left.filter(isAlive), [])
    })
  },
)

/** What a preview address shows, whether or not names below localhost resolve on this machine. */
function page(address: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: address.port, headers: { host: address.host } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve(answer.statusCode === 200 ? text : ''))
    })
    asked.on('error', reject).end()
  })
}
