/** All pictures that `npm run pictures` took, by their files. */
export const pictures = import.meta.glob<string>('./pictures/*.webp', { eager: true, query: '?url', import: 'default' })
