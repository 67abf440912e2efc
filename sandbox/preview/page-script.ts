import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const scriptPath = '/@everjust/page.js'

/** Our programs lie together; whoever runs another program first says where. */
const folder = () => process.env['EVERJUST_PREVIEW'] ?? dirname(process.argv[1] ?? '')

export const pageScript = () => readFileSync(join(folder(), 'preview-page.js'), 'utf8')

/** The windows that the script may talk with stand in its tag; without any it talks with the one around it. */
export const scriptTag = () => ({
  tag: 'script',
  attrs: { src: scriptPath, 'data-origins': process.env['EVERJUST_PREVIEW_ORIGINS'] ?? '' },
})
