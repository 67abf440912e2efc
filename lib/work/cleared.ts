/** Whether nothing is left; or why it is to be gone on with, and after how many seconds. */
export type Cleared = 'done' | { again: number; problem: string }
