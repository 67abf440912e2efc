import { cp, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Lays out `build/deploy` for `doctl serverless deploy`: project.yml and one file a function, so that none is zipped. */
export async function layOutDeployment(root: string, addresses: string[]): Promise<void> {
  const deploy = join(root, 'build/deploy')
  await rm(deploy, { recursive: true, force: true })
  await mkdir(deploy, { recursive: true })
  await cp(join(root, 'project.yml'), join(deploy, 'project.yml'))
  await Promise.all(addresses.map((address) => copyBundle(root, deploy, address)))
}

async function copyBundle(root: string, deploy: string, address: string): Promise<void> {
  const target = join(deploy, 'packages', address, 'index.js')
  await mkdir(dirname(target), { recursive: true })
  await cp(join(root, 'build/functions', address, 'index.js'), target)
}
