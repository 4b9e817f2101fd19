const CODE = 'WAVETANK_USAGE'

/** The command line is wrong: status 2. */
export function usageError(message: string): Error {
  return Object.assign(new Error(message), { code: CODE })
}

/** Ours, or one of `parseArgs`. */
export function isUsage(error: unknown): boolean {
  const code = String((error as { code?: unknown } | undefined)?.code)
  return code === CODE || code.startsWith('ERR_PARSE_ARGS')
}
