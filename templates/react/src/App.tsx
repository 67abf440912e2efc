export function App() {
  return (
    <main className="grid min-h-svh place-items-center px-6">
      <div className="max-w-sm text-center">
        <svg className="mx-auto size-12 text-accent" viewBox="0 0 48 48" fill="none" aria-hidden="true">
          <path
            className="sprout"
            d="M24 42V22m0 4c0-8-5-12-14-12 0 8 5 12 14 12Zm0-6c0-8 5-13 14-14 0 9-5 14-14 14Z"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
            pathLength="1"
          />
        </svg>
        <h1 className="mt-6 text-xl font-semibold tracking-tight text-balance">Your app will appear here</h1>
        <p className="mt-2 text-sm leading-6 text-muted text-pretty">
          This page is the empty ground. It changes by itself with every file that is written.
        </p>
      </div>
    </main>
  )
}
