import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { promisify } from 'node:util'
import { problemsOfHtml } from './html.js'
import { root, siteFiles } from './site.js'

const run = promisify(execFile)
const files = await siteFiles()
const known = new Set(files)
const problems = (await Promise.all(files.map(problemsOf))).flat()
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? `checked ${files.length} files` : `${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

async function problemsOf(file) {
  if (/\.m?js$/.test(file)) return problemsOfScript(file)
  if (!file.endsWith('.html')) return []
  const text = await readFile(join(root, file), 'utf8')
  return [...problemsOfHtml(file, text), ...missingLinks(file, text)]
}

async function problemsOfScript(file) {
  try {
    await run(process.execPath, ['--check', join(root, file)])
    return []
  } catch (error) {
    return [`${file}: ${String(error.stderr).trim()}`]
  }
}

function missingLinks(file, text) {
  const links = [...text.matchAll(/\s(?:href|src)="([^"#?]+)[^"]*"/g)].map((match) => match[1])
  const local = links.filter((link) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link))
  return local.filter((link) => !isKnown(file, link)).map((link) => `${file}: nothing is at "${link}"`)
}

function isKnown(file, link) {
  const path = link.startsWith('/') ? link.slice(1) : posix.join(posix.dirname(file), link)
  return known.has(path) || known.has(posix.join(path, 'index.html'))
}
