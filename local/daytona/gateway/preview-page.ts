/** What a person sees while nothing listens on the port: plain, and it looks again by itself every two seconds. */
export function emptyPreview(port: number): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="refresh" content="2" />
    <meta name="viewport" content="width=device-width" />
    <title>Waiting for port ${port}</title>
    <style>
      :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
      body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
      main { max-width: 26rem; padding: 2rem; text-align: center; }
      h1 { font-size: 1.125rem; font-weight: 600; margin: 0 0 0.25rem; }
      p { margin: 0; opacity: 0.7; }
      @media (prefers-reduced-motion: no-preference) {
        h1::after { content: '…'; animation: wait 1.5s ease-in-out infinite; }
        @keyframes wait { 50% { opacity: 0.2; } }
      }
    </style>
  </head>
  <body>
    <main role="status">
      <h1>nothing listens on port ${port} yet</h1>
      <p>The app is starting or has stopped. This page looks again by itself.</p>
    </main>
  </body>
</html>
`
}
