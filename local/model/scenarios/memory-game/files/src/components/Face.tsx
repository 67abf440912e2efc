import type { ReactNode } from 'react'

const shapes: Record<string, ReactNode> = {
  sun: <circle cx="12" cy="12" r="6" />,
  moon: <path d="M15 4a8 8 0 1 0 5 12A7 7 0 0 1 15 4Z" />,
  star: (
    <path d="m12 3 2.700 5.800 6.300.7-4.700 4.300 1.300 6.200-5.600-3.200L6.400 20l1.300-6.200L3 9.500l6.300-.7Z" />
  ),
  wave: <path d="M3 13c3-5 6-5 9 0s6 5 9 0v6H3Z" />,
  leaf: <path d="M5 19C4 9 9 4 20 4c0 11-5 16-15 15Z" />,
  stone: <path d="m6 18-2-7 6-6 7 2 3 8-6 4Z" />,
  cloud: <path d="M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.600-1A4.500 4.500 0 0 1 17 18Z" />,
  flame: <path d="M12 3c1 4 6 6 6 11a6 6 0 0 1-12 0c0-3 2-4 3-6 1 2 2 2 3-5Z" />,
}

export function Face({ name }: { name: string }) {
  return (
    <svg viewBox="0 0 24 24" className="size-1/2" fill="currentColor" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}
