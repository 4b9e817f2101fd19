/** A pure function of a text that remembers what it gave for the first `atMost` texts; what it throws is not remembered. */
export function memoised<Value extends {}>(make: (text: string) => Value, atMost = 1_000): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const made = make(text)
    if (known.size < atMost) known.set(text, made)
    return made
  }
}
