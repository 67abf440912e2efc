import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Sandbox } from '@daytonaio/sdk'
import { until } from '../../world/until.ts'
import { openWorld, type World } from './world.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')
const SECRET = 'the-secret-of-the-host-4711'

let world: World
let hostile: Sandbox
let neighbour: Sandbox
let database: Server
let port: number
before(async () => {
  process.env['HOST_SECRET'] = SECRET
  world = await openWorld()
  neighbour = await world.client.create({ envVars: { MINE: 'neighbours-variable' }, autoStopInterval: 0 })
  hostile = await world.client.create({ snapshot: 'generated', envVars: { OWN: 'fine' }, autoStopInterval: 0 })
  await neighbour.fs.uploadFile(Buffer.from(SECRET), 'project/neighbour.txt')
  database = createServer((socket) => socket.end(SECRET))
  await new Promise<void>((ready) => database.listen(0, '127.0.0.1', ready))
  port = (database.address() as AddressInfo).port
})
after(async () => {
  delete process.env['HOST_SECRET']
  database.close()
  await world.end()
})

/** What generated code sees when it runs this. */
async function tries(command: string): Promise<string> {
  const { result } = await hostile.process.executeCommand(command, undefined, undefined, 20)
  return result.trim()
}

test('generated code runs as app, without any rights, and cannot gain some', async () => {
  assert.match(
    await tries('id -un; grep -E "CapEff|NoNewPrivs" /proc/self/status'),
    /^app\nCapEff:\t0{16}\nNoNewPrivs:\t1$/,
  )
  assert.match(await tries('su -c id root 2>&1; sudo id 2>&1; unshare -r id -u 2>&1'), /^(?!.*uid=0\(root\)).*$/s)
  assert.match(await tries('node -e "process.setuid(0)" 2>&1'), /EPERM/)
})

test('the files of this machine are not there', async () => {
  const marker = join(homedir(), '.daytona-hostile-test')
  writeFileSync(marker, SECRET)
  try {
    for (const path of [
      marker,
      REPOSITORY,
      world.dataDir,
      join(tmpdir(), 'x', '..'),
      '/var/lib',
      '/boot',
      '/mnt',
      '/srv',
      '/sys',
    ])
      assert.equal(await tries(`grep -rsl ${SECRET} ${path} | head -1`), '', path)
    assert.match(await tries(`ls ${REPOSITORY} ${world.dataDir} 2>&1`), /No such file/)
    assert.equal(await tries('ls /home'), 'app')
    assert.match(await tries('cat /etc/shadow 2>&1'), /No such file/)
    assert.equal(await tries('ls /root /run/everjust 2>&1 | grep -c denied'), '2')
  } finally {
    rmSync(marker)
  }
})

test('the environment of this machine and of our programs is not readable', async () => {
  const seen = await tries('env; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"; ps axe')
  assert.doesNotMatch(seen, new RegExp(SECRET))
  assert.doesNotMatch(seen, /dtn_test|TOOLBOX_SETTINGS|neighbours-variable/)
  assert.match(seen, /OWN=fine/)
})

test('nothing of the sandbox shows in the process list of this machine', async () => {
  const list = execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' })
  assert.doesNotMatch(list, /neighbours-variable|dtn_test|TOOLBOX_SETTINGS/)
})

test('processes of this machine and of neighbours can be neither seen nor ended', async () => {
  await neighbour.process.createSession('long')
  const { cmdId } = await neighbour.process.executeSessionCommand('long', { command: 'sleep 31337005', runAsync: true })
  assert.equal(await tries('ps ax -o args | grep -c "^sleep 31337005"'), '0')
  await tries(`kill -9 -1; kill -9 ${process.pid} 2>&1; kill -9 1 2 2>&1`)
  assert.equal((await neighbour.process.getSessionCommand('long', cmdId)).exitCode, undefined)
  assert.equal(await tries('echo alive'), 'alive')
})

test('the files of a neighbour are not reachable, nor its sockets', async () => {
  assert.equal(await tries(`grep -rsl ${SECRET} / --exclude-dir=proc --exclude-dir=usr | head -1`), '')
  assert.equal(await tries('find / -xdev -type s 2>/dev/null | head -1; cat /proc/net/unix | grep -c "@"'), '0')
})

test('the toolbox cannot be called, read, traced or replaced', async () => {
  assert.match(
    await tries('curl -s --max-time 2 --unix-socket /run/everjust/toolbox.sock http://x/version; echo $?'),
    /^7$/,
  )
  assert.match(await tries('cat /proc/2/mem 2>&1 | head -c 100; ls -l /proc/2/fd 2>&1'), /Permission denied/)
  assert.match(await tries('echo x > /opt/everjust/toolbox.js'), /Read-only|denied/)
  assert.match(
    await tries('mkdir /opt/everjust/x; touch /usr/bin/x; touch /etc/passwd; touch /x'),
    /(Read-only|denied).*\n.*\n.*\n/,
  )
})

test('what listens on this machine cannot be reached, directly or through the proxy', async () => {
  const dial = `timeout 3 bash -c 'cat < /dev/tcp/127.0.0.1/${port}' 2>&1`
  assert.match(await tries(dial), /refused/)
  assert.match(
    await tries(
      `curl -s --max-time 3 --noproxy '' -p -x http://127.0.0.1:3128 http://127.0.0.1:${port}/ -o /dev/null -w '%{http_connect}'`,
    ),
    /403/,
  )
  assert.match(
    await tries(
      `printf 'CONNECT localhost:${port} HTTP/1.1\\r\\n\\r\\n' | timeout 3 bash -c 'exec 3<>/dev/tcp/127.0.0.1/3128; cat >&3; head -1 <&3'`,
    ),
    /403 Forbidden/,
  )
  assert.match(await tries(`ip route 2>&1; cat /proc/net/route | wc -l`), /1$/)
})

test('devices, kernel settings and mounts are out of reach', async () => {
  assert.match(await tries('ls /dev/vda /dev/sda /dev/mem /dev/kmsg 2>&1 | grep -vc "No such"'), /^0$/)
  assert.match(await tries('echo x > /proc/sys/kernel/core_pattern'), /Read-only|denied/)
  assert.match(await tries('echo b > /proc/sysrq-trigger'), /Read-only|denied|No such file/)
  assert.match(
    await tries('mount -t tmpfs none /mnt 2>&1; mknod /tmp/sda b 8 0 2>&1'),
    /(denied|permitted|must be superuser|does not exist)/,
  )
})

test('even root of the sandbox does not see the machine', async () => {
  const asRoot = async (command: string) => (await neighbour.process.executeCommand(command)).result.trim()
  assert.match(await asRoot('echo x 2>&1 > /proc/sys/kernel/core_pattern'), /Read-only|denied/)
  assert.match(
    await asRoot('mknod /tmp/disk b 254 0 2>&1; mount -t proc p /tmp 2>&1; chroot /tmp true 2>&1'),
    /(permitted|denied)[^]*(permitted|denied|superuser)/,
  )
  assert.match(await asRoot(`ls ${REPOSITORY} 2>&1; ls /proc/${process.pid} 2>&1`), /No such file[^]*No such file/)
  assert.match(await asRoot('touch /usr/x /opt/everjust/x /x 2>&1'), /Read-only[^]*Read-only[^]*Read-only/)
})

test('links that generated code plants do not lead file routes out of its folders', async () => {
  const box = await world.client.create({ autoStopInterval: 0 })
  await box.fs.uploadFile(Buffer.from('token'), '/root/token')
  const app = (command: string) =>
    box.process.executeCommand(`setpriv --reuid app --regid app --clear-groups -- bash -c '${command}'`)
  await app(
    'mkdir -p project && cd project && ln -s /root/token file && ln -s /root folder && ln -s /etc/passwd public && ln -s real inside && echo yes > real',
  )
  for (const path of ['project/file', 'project/folder/token', 'project/public'])
    await assert.rejects(box.fs.downloadFile(path), { statusCode: 403 }, path)
  assert.equal((await box.fs.downloadFile('project/inside')).toString(), 'yes\n')
  await assert.rejects(box.fs.uploadFile(Buffer.from('x'), 'project/file'), { statusCode: 400 })
  await assert.rejects(box.fs.uploadFile(Buffer.from('x'), 'project/folder/new'), { statusCode: 400 })
  await assert.rejects(box.fs.listFiles('project/folder'), { statusCode: 403 })
  await assert.rejects(box.fs.setFilePermissions('project/file', { mode: '777' }), { statusCode: 403 })
  await assert.rejects(box.fs.deleteFile('project/folder/token'), { statusCode: 403 })
  await box.fs.deleteFile('project/folder', true)
  const left = await box.process.executeCommand('cat /root/token; ls /root; stat -c %a /root/token')
  assert.equal(left.result, 'tokentoken\n644\n')
})

test('a folder swapped for a link again and again never lets a file route out', async () => {
  const box = await world.client.create({ autoStopInterval: 0 })
  await box.fs.uploadFile(Buffer.from('token'), '/root/token')
  await box.fs.uploadFile(Buffer.from('mine'), 'swap/a/token')
  const flip = 'cd swap; while true; do mv a b; ln -s /root a; rm a; mv b a; done'
  await box.process.createSession('flip')
  await box.process.executeSessionCommand('flip', {
    command: `setpriv --reuid app --regid app --clear-groups -- bash -c '${flip}' 2>/dev/null`,
    runAsync: true,
  })
  const seen = new Set<string>()
  for (let round = 0; round < 80; round += 1) {
    await box.fs.downloadFile('swap/a/token').then(
      (content) => seen.add(content.toString()),
      () => seen.add('refused'),
    )
    await box.fs.uploadFile(Buffer.from('mine'), 'swap/a/token').catch(() => undefined)
  }
  await box.process.deleteSession('flip')
  assert.equal(seen.has('token'), false)
  assert.equal((await box.process.executeCommand('cat /root/token')).result, 'token')
})

test('a pipe or a device in place of a file does not stop the toolbox', async () => {
  await tries('mkfifo project-pipe')
  await assert.rejects(hostile.fs.downloadFile('project-pipe'), { statusCode: 400 })
  await assert.rejects(hostile.fs.uploadFile(Buffer.from('x'), 'project-pipe'), { statusCode: 400 })
  await assert.rejects(hostile.fs.downloadFile('project'), Error)
  assert.equal(await tries('echo alive'), 'alive')
})

test('programs that generated code leaves behind end with the sandbox', async () => {
  const box = await world.client.create({ snapshot: 'generated', autoStopInterval: 0 })
  await box.process.executeCommand(
    'for i in 1 2 3; do (trap "" TERM HUP; setsid sleep 31337006 &) ; done > /dev/null 2>&1',
  )
  await box.stop()
  await until(
    () => execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' }),
    (list) => !list.includes('sleep 31337006'),
    1000,
  )
})

test('a mounted folder is read-only and its place is as told', async () => {
  const folder = join(world.dataDir, 'shared')
  mkdirSync(folder)
  writeFileSync(join(folder, 'file'), 'shared')
  const other = await openWorld({
    snapshots: {
      mounted: { mounts: [{ from: folder, to: '/opt/everjust/shared' }], env: { FROM: 'snapshot' }, user: 'app' },
    },
  })
  try {
    const box = await other.client.create({})
    const seen = await box.process.executeCommand(
      'cat /opt/everjust/shared/file; echo $FROM; touch /opt/everjust/shared/x 2>&1',
    )
    assert.match(seen.result, /^sharedsnapshot\ntouch: .*Read-only/)
  } finally {
    await other.end()
  }
})
