/** Asks the model how many tokens a conversation has; undefined when it does not say so in time. */
export interface TokenCounter {
  count(request: {
    model: string
    messages: { role: 'user' | 'assistant'; content: string }[]
  }): Promise<number | undefined>
}
