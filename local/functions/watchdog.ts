import { spawn } from 'node:child_process'

export type Watchdog = { add(pid: number): void; remove(pid: number): void; stop(): void }

/**
 * Ends every container when this process dies, however it dies. A frozen container cannot notice by itself that
 * its parent is gone, so a shell waits for the end of a pipe that only we hold, kills what is left, and removes `scratch`.
 */
export function startWatchdog(scratch: string): Watchdog {
  const shell = spawn('/bin/sh', ['-c', script, 'watchdog', scratch], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
  })
  shell.unref()
  shell.stdin.on('error', () => undefined)
  return {
    add: (pid) => shell.stdin.write(`add ${pid}\n`),
    remove: (pid) => shell.stdin.write(`drop ${pid}\n`),
    stop: () => shell.stdin.end(),
  }
}

const script = `
trap '' INT TERM HUP QUIT
groups=' '
while read -r what group; do
  case $what in
    add) groups="$groups$group " ;;
    drop) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group"; done
rm -rf -- "$1"
`
