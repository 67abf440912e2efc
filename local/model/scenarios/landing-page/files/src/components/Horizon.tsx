/** A sun over fields of lines, drawn in the colours of the theme. */
export function Horizon() {
  return (
    <svg
      viewBox="0 0 1200 520"
      preserveAspectRatio="xMidYMid slice"
      className="block h-64 w-full sm:h-105"
      aria-hidden="true"
    >
      <rect width="1200" height="520" className="fill-sky" />
      <circle cx="820" cy="300" r="150" className="fill-accent" />
      <path d="M0 330C220 250 420 270 640 330s400 70 560 10v180H0Z" className="fill-hill" />
      <path d="M0 400c260-80 520-60 760-10s320 40 440 0v130H0Z" className="fill-field" />
      <g className="fill-none stroke-surface opacity-70" strokeWidth="2">
        {Array.from({ length: 13 }, (_, index) => (
          <path
            key={index}
            d={`M${600 + (index - 6) * 26} 398C${600 + (index - 6) * 60} 440 ${600 + (index - 6) * 130} 480 ${600 + (index - 6) * 230} 530`}
          />
        ))}
      </g>
      <g className="fill-none stroke-ink" strokeWidth="3" strokeLinecap="round">
        <path d="M250 150q18-18 36 0q18-18 36 0M340 105q12-12 24 0q12-12 24 0M205 205q10-10 20 0q10-10 20 0" />
      </g>
    </svg>
  )
}
