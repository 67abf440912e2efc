import type { NoticeText } from '../domain/notices.ts'

export interface Sending extends NoticeText {
  /** The same for each try: what was taken once is not sent again. */
  id: string
  to: string
}

/** Sends mail to people. Throws a fault when it was not taken. */
export interface Postman {
  send(sending: Sending): Promise<void>
}
