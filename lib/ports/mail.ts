import type { Letter, LetterReply, MailRound } from '../contract/mail.ts'

/** The way to sandboxes that cannot reach out themselves. */
export interface Mail {
  /** Brings replies to a sandbox's gateway and takes the letters that wait there. Throws a fault when it is not reached. */
  exchange(gateway: { url: string; ticket: string }, round: MailRound): Promise<Letter[]>
  /** Sends a letter, to our own API and storage alone; status 0 when nobody answered, 403 when it may not go there. */
  send(letter: Letter): Promise<LetterReply>
}
