import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The package registry that npm on this machine is set to use; sandboxes install from there and from nowhere else. */
export async function npmRegistry(): Promise<URL> {
  const given = process.env['npm_config_registry']
  if (given) return new URL(given)
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'])
  return new URL(stdout.trim())
}

/** `host:port`, with the scheme's usual port when none is named. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}
