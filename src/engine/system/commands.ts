/** What can be asked of the domain, by operationId. */
export interface SystemCommands {
  /** From the shell: the time has come to `env.now`, and the timer `fired` is done with. */
  ClockAdvance: { readonly fired?: string }
}
