export type Question = {
  id: string
  text: string
  choices: string[]
  /** Which of the choices is right. */
  answer: number
  why: string
}
