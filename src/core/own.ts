/** What a record has under a name that came from outside: `constructor` and its like are in no record. */
export const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
