/** A line of a Dockerfile taken apart. */
export interface Instruction {
  /** Upper case. */
  readonly keyword: string
  /** `--from=x`, as given. */
  readonly flags: readonly string[]
  /** What follows, trimmed. */
  readonly rest: string
  /** The JSON form, where what follows is one. */
  readonly json: readonly string[] | undefined
  /** As it stands in the file, continuations joined. */
  readonly original: string
}

/** Takes one logical line apart. moby buildkit: frontend/dockerfile/parser */
export function parseInstruction(line: string): Instruction {
  const original = line.trim()
  const [, keyword = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(original) ?? []
  const { flags, rest } = flagsOf(after)
  return { keyword: keyword.toUpperCase(), flags, rest, json: jsonForm(rest), original }
}

/** The value of `--name=value`; without a value it is empty, without the flag nothing. */
export function flagOf({ flags }: Instruction, name: string): string | undefined {
  const flag = flags.find((one) => one === `--${name}` || one.startsWith(`--${name}=`))
  return flag?.slice(name.length + '--='.length)
}

function flagsOf(text: string): { flags: string[]; rest: string } {
  const flags: string[] = []
  let rest = text.trim()
  for (let match = /^(--[^\s]+)(?:\s+|$)/.exec(rest); match; match = /^(--[^\s]+)(?:\s+|$)/.exec(rest)) {
    if (match[1] === '--') break
    flags.push(match[1]!)
    rest = rest.slice(match[0].length)
  }
  return { flags, rest }
}

/** `["a", "b"]`: a list of strings, or it is no JSON form at all. */
function jsonForm(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
  } catch {
    return undefined
  }
}
