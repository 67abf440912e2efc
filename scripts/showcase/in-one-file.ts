import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A built app as one page that holds its script and its style. In a sandboxed frame it has an origin of its own, from which
 * it could load nothing of ours; and its policy lets it reach nothing else either.
 */
export async function inOneFile(dist: string): Promise<string> {
  const page = await readFile(join(dist, 'index.html'), 'utf8')
  const script = await textOf(dist, /<script type="module"[^>]* src="([^"]+)"><\/script>/.exec(page)?.[1])
  const style = await textOf(dist, /<link rel="stylesheet"[^>]* href="([^"]+)">/.exec(page)?.[1])
  const code = script.replaceAll('</script', '<\\/script')
  const head = [
    `<meta http-equiv="Content-Security-Policy" content="${policy(code, style)}">`,
    `<style>${style}</style>`,
    `<script type="module">${code}</script>`,
  ]
  const bare = page.replace(/\s*<(script|link)\b[^>]*>(<\/script>)?/g, '')
  return bare.replace('</head>', () => `${head.join('\n')}\n</head>`)
}

async function textOf(dist: string, path: string | undefined): Promise<string> {
  if (path === undefined) throw new Error(`the page in ${dist} is not what the template's build writes`)
  return (await readFile(join(dist, path), 'utf8')).trim()
}

function policy(script: string, style: string): string {
  const parts = {
    'default-src': "'none'",
    'script-src': hashOf(script),
    'style-src': hashOf(style),
    'img-src': 'data:',
    'form-action': "'none'",
    'base-uri': "'none'",
  }
  return Object.entries(parts)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
