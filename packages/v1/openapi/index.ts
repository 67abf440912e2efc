import document from './document.json' with { type: 'json' }

/**
 * The bare document, without status or headers: asked for as `openapi.json`, the platform answers the whole result of a
 * function as JSON.
 */
export function main(): typeof document {
  return document
}
