import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The account that runs the server: PostgreSQL refuses root, so root hands over to `nobody`, who exists everywhere. */
export type Account = { uid: number; gid: number } | undefined

export const serverAccount = (): Account => {
  if (process.getuid?.() !== 0) return undefined
  const number = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: number('-u'), gid: number('-g') }
}

/** Runs one program as the server's account, in a folder it can surely enter. */
export const runAs = (account: Account, command: string, args: string[]) =>
  execute(command, args, { ...account, cwd: '/' })

/** Whether the account can enter this folder (a folder below /root is closed to `nobody`). */
export const canEnter = async (account: Account, folder: string): Promise<boolean> =>
  runAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).then(
    () => true,
    () => false,
  )
