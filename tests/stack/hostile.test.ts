import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Generation } from '../../lib/contract/generation.ts'
import type { ProjectId } from '../../lib/contract/ids.ts'
import { paths } from '../../lib/contract/paths.ts'
import { projectPaths } from '../../lib/contract/project-paths.ts'
import type { Sandbox } from '../../lib/contract/sandbox.ts'
import { until } from '../world/until.ts'
import { openBackstage } from './backstage.ts'
import { openStack } from './open-stack.ts'

/** How the token of any run begins: the header of its JWT. */
const tokenBegins = Buffer.from('{"alg":"HS256","typ":"run+jwt"}').toString('base64url')

test('generated code finds nothing and reaches nobody while a run is under way', { timeout: 150_000 }, async (t) => {
  const stack = await openStack(t)
  const { environment } = stack
  const { sql, inside } = openBackstage(t, stack)
  const [grace, lin] = await Promise.all([stack.as('grace@example.com'), stack.as('lin@example.com')])

  const other = await lin.build('a page about honey', 'static')
  await lin.ended(other.project.id, other.generation.id)
  const neighbour = await lin.get<Sandbox>(projectPaths.sandbox(other.project.id))
  await inside(other.project.id, 'echo honey-of-the-neighbour > /home/app/project/secret.txt')

  const { body: project } = await grace.post<{ id: ProjectId }>(paths.projects(), { template: 'react' })
  const { body: generation } = await grace.post<Generation>(projectPaths.generate(project.id), {
    prompt: 'a kanban board',
  })
  await until(
    () => sql`select 1 from everjust.events where project_id = ${project.id} and type = 'file:changed'`,
    ({ length }) => length > 0,
    40_000,
  )
  /** What generated code sees when it runs this: nothing of our own programs' rights or variables. */
  const tries = (command: string) =>
    inside(project.id, `setpriv --reuid app --regid app --clear-groups -- bash -c '${command}' 2>&1`)

  const viaProxy = (url: string) =>
    tries(`curl -s -m 5 -o /dev/null -w "%{http_code}" --noproxy "" -x http://127.0.0.1:3128 ${url}`)
  const tunnel = (url: string) =>
    tries(`curl -s -m 5 -o /dev/null -w "%{http_connect}" --noproxy "" -p -x http://127.0.0.1:3128 ${url}`)

  await t.test('the token of the run is in no file, no environment and no command line', async () => {
    assert.match(await inside(project.id, 'pgrep -f "bin/[r]unner.js"'), /^\d+/, 'the run must be under way')
    const places = '/home /tmp /var/tmp /dev/shm /run /root /opt/everjust/bin /etc'
    assert.equal(await tries(`grep -rsla "${tokenBegins}" ${places} | head -3`), '')
    assert.equal(
      await tries(`cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2> /dev/null | grep -ac "${tokenBegins}[.]"`),
      '0',
    )
    const reading =
      'for p in $(pgrep -f "bin/[r]unner.js"); do head -c 1 /proc/$p/mem /proc/$p/environ; ls /proc/$p/fd; done'
    assert.match(await tries(reading), /^(?=.*Permission denied).*$/s)
    assert.match(await tries('ls /run/everjust; ls /root'), /^ls.*denied\nls.*denied$/)
    const stillThere = await grace.get<Generation>(projectPaths.generation(project.id, generation.id))
    assert.equal(stillThere.body.state, 'running', 'the run ended before it was searched')
  })

  await t.test('its own programs cannot be traced, stopped or replaced', async () => {
    assert.match(await tries('kill -9 $(pgrep -f "bin/[r]unner.js")'), /not permitted/)
    assert.match(await tries('echo 1 > /opt/everjust/bin/runner.js'), /Read-only|denied/)
    assert.match(await tries('echo 1 > /opt/everjust/templates/react/package.json'), /Read-only|denied/)
  })

  await t.test('no secret of the installation is in its environment or on its disk', async () => {
    const seen = await tries('env; cat /proc/[0-9]*/environ; ls -a / /home /var /tmp /opt/everjust')
    const secrets = ['TOKEN_SECRET', 'DAYTONA_API_KEY', 'SPACES_SECRET', 'FUNCTIONS_API_KEY', 'DATABASE_URL']
    for (const name of secrets) assert.equal(seen.includes(environment[name] ?? ''), false, name)
    assert.doesNotMatch(seen, new RegExp(`TOOLBOX_SETTINGS|${stack.dataDir}|/work/|secrets.json`))
    assert.match(await tries(`ls ${stack.dataDir} ${import.meta.dirname}`), /No such file[^]*No such file/)
  })

  await t.test('the sandbox of somebody else is out of sight', async () => {
    const places = '/home /tmp /var /dev/shm /mnt /media /srv /root /run'
    assert.equal(await tries(`grep -rsl honey-of-the-neighbour ${places} -D skip | head -1`), '')
    assert.match(await tries('ps axo args | grep -c "^/opt/everjust/node/bin/node /opt/everjust/[t]oolbox.js"'), /^1$/)
    assert.equal(await viaProxy(neighbour.body.preview?.url ?? ''), '403')
  })

  await t.test('no service of this machine answers, directly or through the way out', async () => {
    const { standIns, functions } = stack
    const closed = {
      database: `http://${new URL(environment['DATABASE_URL'] ?? '').host}`,
      issuer: standIns.addresses.issuer,
      redis: standIns.addresses.redis,
      model: standIns.addresses.model,
      daytona: standIns.addresses.daytona,
      functions: functions.url,
      'metadata of a cloud': 'http://169.254.169.254',
    }
    for (const [name, address] of Object.entries(closed)) {
      const { hostname, port } = new URL(address)
      const url = `http://${hostname}:${port || 80}/`
      assert.equal(await viaProxy(url), '403', `${name} through the proxy`)
      assert.equal(await tunnel(url), '403', `${name} through a tunnel`)
      assert.match(
        await tries(`timeout 3 bash -c "cat < /dev/tcp/127.0.0.1/${port || 80}"`),
        /refused/,
        `${name} directly`,
      )
    }
  })

  await t.test('the front door shows it no more than any stranger sees', async () => {
    const status = (path: string, more = '') =>
      tries(`curl -s -m 10 -o /dev/null -w "%{http_code}" ${more} ${stack.url}${path}`)
    assert.equal(await status(paths.health()), '200')
    assert.equal(await status(paths.projects()), '401')
    assert.equal(await status(paths.project(other.project.id)), '401')
    for (const job of ['jobs/delete-project', 'jobs/relay-model', 'cron/day'])
      assert.match(await status(`/api/${job}`, '-X POST'), /^40[14]$/, job)
    const rest = `/api/v1/namespaces/_/actions/jobs/relay-model?blocking=true`
    const answer = await tries(`curl -s -m 10 -X POST -u ${environment['FUNCTIONS_API_KEY']} "${stack.url}${rest}"`)
    assert.doesNotMatch(answer, /activationId|response/)
  })

  await t.test('and the run ends well all the same', async () => {
    assert.equal((await grace.ended(project.id, generation.id)).state, 'succeeded')
  })
})
