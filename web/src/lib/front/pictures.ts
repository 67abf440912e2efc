const files = import.meta.glob<string>('./pictures/*.webp', { eager: true, query: '?url', import: 'default' })

/** The address of a picture that `npm run pictures` took; there is a light and a dark one of each. */
export const pictureOf = (name: string, dark: boolean, size = ''): string =>
  files[`./pictures/${name}-${dark ? 'dark' : 'light'}${size && `-${size}`}.webp`] ?? ''
