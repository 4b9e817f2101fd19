type Rule = readonly [RegExp, string] | readonly [RegExp, (whole: string, ...parts: string[]) => string]

const RULES: readonly Rule[] = [
  [/sha256:[0-9a-f]{64}/g, 'sha256:<id>'],
  [/\b[0-9a-f]{64}\b/g, '<id>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, '<time>'],
  [/\b(?=[0-9a-f]*[0-9])[0-9a-f]{12,63}\b/g, '<id>'],
  [/\b(?=[a-z]*[0-9])[0-9a-z]{25}\b/g, '<id>'],
  [/ on [\d.]+:53: (dial udp [\d.]+:53: connect: network is unreachable|no such host)/g, ': no network'],
  [/(dial tcp: lookup [\w.-]+): no such host/g, '$1: no network'],
  [/BusyBox v[\d.]+ \([^)]*\)+/g, 'BusyBox <version>'],
  [/(provided prefix: )[0-9a-f]+/g, '$1<id>'],
  // A manifest is as long as its layers' sizes have digits.
  [/(digest: sha256:<id> size: )\d+/g, '$1<n>'],
  [/docker-builder\d+/g, 'docker-builder<n>'],
  [/(docker-import-|docker-)\d{6,}/g, '$1<n>'],
  [/127\.0\.0\.1:\d{5}->/g, '127.0.0.1:<port>->'],
  [/\b(\d+(\.\d+)?)(ns|µs|ms|s)\b/g, '<duration>'],
  [/\bpid \d+\b/g, 'pid <n>'],
  // Go goes through a map in an order of chance.
  [/(multiple network endpoints: )([\w-]+), ([\w-]+)/g, (_, words, a, b) => words + [a, b].sort().join(', ')],
]

/** A text without what differs from run to run: ids, times, temporary names, ports of clients. */
export const normalise = (text: string): string =>
  RULES.reduce((out, [pattern, by]) => out.replace(pattern, by as string), text)
