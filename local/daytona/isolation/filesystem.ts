import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { extraCertificates } from './certificates.ts'
import { INSIDE, type Launch } from './isolation.ts'

/** Folders of the system that a Linux program expects; on most machines all but `/usr` are links into it. */
const SYSTEM = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']

/** The few files of `/etc` that hold nothing of this machine's own. */
const ETC = [
  'ssl',
  'pki',
  'ca-certificates',
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
]

/** The arguments that lay out a sandbox's files for bubblewrap: the system read-only, the box its own, everything else absent. */
export function filesystemArguments(launch: Launch, from: { toolbox: string; appId: number }): string[] {
  return [
    ...['--ro-bind', '/usr', '/usr'],
    ...SYSTEM.flatMap(systemFolder),
    ...etcArguments(launch.run, from.appId),
    ...['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys', '--dev', '/dev'],
    ...['--perms', '1777', '--size', mebibytes(64), '--tmpfs', '/dev/shm'],
    ...['--perms', '1777', '--size', mebibytes(512), '--tmpfs', '/tmp'],
    ...['--perms', '0755', '--size', mebibytes(16), '--tmpfs', '/var'],
    ...['--perms', '1777', '--dir', '/var/tmp'],
    ...['--perms', '0755', '--dir', '/home', '--perms', '0755', '--dir', '/run', '--perms', '0755', '--dir', '/opt'],
    ...['--perms', '0755', '--dir', '/opt/everjust', '--perms', '0755', '--dir', INSIDE.nodeFolder],
    ...['--bind', own(launch.box, 'home', 0o755), INSIDE.home],
    ...['--bind', own(launch.box, 'root', 0o700), INSIDE.rootHome],
    ...['--bind', own(launch.run, 'inside', 0o700), INSIDE.run],
    ...['--ro-bind', from.toolbox, INSIDE.toolbox],
    ...['--perms', '0755', '--dir', `${INSIDE.nodeFolder}/bin`],
    ...['--ro-bind', process.execPath, `${INSIDE.nodeFolder}/bin/node`],
    ...npmArguments(),
    ...certificateArguments(),
    ...(launch.snapshot.mounts ?? []).flatMap(({ from: source, to }) => [
      ...foldersAbove(to),
      ...['--ro-bind', realpathSync(source), to],
    ]),
    ...['--remount-ro', '/', '--chdir', INSIDE.home],
  ]
}

/** Folders that bubblewrap would otherwise make for root alone. */
function foldersAbove(path: string): string[] {
  const above = dirname(path)
  return above === '/' ? [] : [...foldersAbove(above), '--perms', '0755', '--dir', above]
}

function mebibytes(count: number): string {
  return String(count * 1024 * 1024)
}

function own(folder: string, name: string, mode: number): string {
  const path = join(folder, name)
  mkdirSync(path, { recursive: true, mode })
  return path
}

function systemFolder(path: string): string[] {
  if (!existsSync(path)) return []
  return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}

function etcArguments(run: string, appId: number): string[] {
  const folder = own(run, 'etc', 0o755)
  const files: Record<string, string> = {
    passwd: `root:x:0:0:root:/root:/bin/bash\napp:x:${appId}:${appId}:app:${INSIDE.home}:/bin/bash\n`,
    group: `root:x:0:\napp:x:${appId}:\n`,
    hosts: '127.0.0.1 localhost sandbox\n::1 localhost\n',
    hostname: 'sandbox\n',
    'resolv.conf': '',
    'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
  }
  const generated = Object.entries(files).flatMap(([name, content]) => {
    writeFileSync(join(folder, name), content, { mode: 0o644 })
    return ['--ro-bind', join(folder, name), `/etc/${name}`]
  })
  const shared = ETC.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`])
  return ['--perms', '0755', '--dir', '/etc', ...generated, ...shared]
}

/** npm comes with the Node that started us, or with the one on the path; without one, sandboxes have no npm. */
function npmArguments(): string[] {
  const program = [process.env['npm_execpath'], ...candidates()].find(
    (path) => path?.endsWith('npm-cli.js') && existsSync(path),
  )
  if (program === undefined) return []
  const inside = `${INSIDE.nodeFolder}/lib/node_modules/npm`
  return [
    ...[
      '--perms',
      '0755',
      '--dir',
      `${INSIDE.nodeFolder}/lib`,
      '--perms',
      '0755',
      '--dir',
      `${INSIDE.nodeFolder}/lib/node_modules`,
    ],
    ...['--ro-bind', dirname(dirname(realpathSync(program))), inside],
    ...['--symlink', '../lib/node_modules/npm/bin/npm-cli.js', `${INSIDE.nodeFolder}/bin/npm`],
    ...['--symlink', '../lib/node_modules/npm/bin/npx-cli.js', `${INSIDE.nodeFolder}/bin/npx`],
  ]
}

function certificateArguments(): string[] {
  const file = extraCertificates()
  return file === undefined ? [] : ['--ro-bind', file, INSIDE.certificates]
}

function candidates(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, 'npm')).flatMap((path) => (existsSync(path) ? [realpathSync(path)] : []))
}
