/** What can be asked of the domain, by operationId. */
export interface SystemCommands {
  /** From the shell: the time has come to `env.now`. */
  ClockAdvance: object
}
