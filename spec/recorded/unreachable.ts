/**
 * Exchanges that cannot agree in a machine without a kernel, by group (or engine/group) and key, each with its reason: they are left out
 * of the count. What is merely not built does not belong here.
 */
export const unreachable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  system: {
    'debug vars': "the Go runtime's own variables of one process (expvar, memstats), with NaN where JSON has none",
    'session upgrade': 'the daemon is an HTTP/2 client on this connection and speaks first, for BuildKit sessions',
  },
  logs: {
    'tail 2': 'which of two lines of stdout and stderr came first was chance, and the last two of them are asked for',
  },
  hub: {
    'search limit': 'the Hub beside the recorded engine gave more than it was asked for',
  },
  build: {
    'version=2 no session': 'a BuildKit trace; this engine has the classic builder only, and says so',
    'build prune': "what it deletes is BuildKit's cache of the build above",
  },
  'restart-health': {
    'inspect healthy': 'a probe was running at that moment; probes of a program that ends at once take no time here',
  },
  extra: {
    'inspect full running':
      'the program ends at once (`sh -c sleep 300` sleeps without an operand); the recorder was faster',
    'list full': 'as above',
    'concurrent rm 2': 'removing takes no time here, so a second call cannot come while the first is in progress',
  },
  'docker-28.5.2-api-1.24/lifecycle': {
    unpause: 'the recorded words come from a race of the daemon with its runtime after `restart` of a paused container',
  },
}
