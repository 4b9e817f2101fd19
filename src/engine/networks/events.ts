/** Docker's own vocabulary: `<Type>.<Action>` of `GET /events`. Those marked silent do not show there. */
// biome-ignore lint/suspicious/noEmptyInterface: filled in by the domain
export interface NetworkEvents {}
