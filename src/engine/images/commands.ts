/** What can be asked of the domain, by operationId. */
// biome-ignore lint/suspicious/noEmptyInterface: filled in by the domain
export interface ImageCommands {}
