import { Problem } from '../../core/problem.ts'
import { duration } from './config-instruction.ts'
import { flagOf, type Instruction } from './instruction.ts'
import { splitWords, unquote } from './words.ts'

const NO_FLAGS: readonly string[] = []
/** BuildKit's own are known to the parser of the classic builder, too. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  FROM: ['platform'],
  COPY: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  ADD: ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum', 'unpack', 'exclude'],
  RUN: ['mount', 'network', 'security', 'device'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
}

/** How many words an instruction takes; the words of those that are not here are looked at in their own way. */
const REQUIRED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ENV', 'LABEL', 'VOLUME', 'EXPOSE', 'ARG', 'HEALTHCHECK', 'ONBUILD', 'SHELL'].map((one) => [
      one,
      'at least one argument',
    ]),
  ),
  ...Object.fromEntries(['MAINTAINER', 'STOPSIGNAL', 'USER', 'WORKDIR'].map((one) => [one, 'exactly one argument'])),
  COPY: 'at least two arguments, but only one was provided. Destination could not be determined',
  ADD: 'at least two arguments, but only one was provided. Destination could not be determined',
}
const FROM_WORDS = 'FROM requires either one or three arguments'

/** What is wrong with an instruction by itself; nothing where it is well formed. moby buildkit: frontend/dockerfile/instructions/parse.go */
export function wrongWith(instruction: Instruction): string | undefined {
  const { keyword, rest, flags, json } = instruction
  const words = json ?? splitWords(rest)
  if (keyword === 'FROM') return wrongFrom(splitWords(rest)) ?? wrongFlag(keyword, flags)
  const copies = keyword === 'COPY' || keyword === 'ADD'
  if (REQUIRED[keyword] && words.length < (copies ? 2 : 1)) return `${keyword} requires ${REQUIRED[keyword]}`
  return wrongFlag(keyword, flags) ?? wrongWords(instruction)
}

function wrongFrom(words: readonly string[]): string | undefined {
  const [, as, name] = words
  if (words.length === 1) return undefined
  if (words.length !== 3 || as!.toLowerCase() !== 'as') return FROM_WORDS
  return /^[a-z][a-z0-9-_.]*$/.test(name!.toLowerCase())
    ? undefined
    : `invalid name for build stage: ${JSON.stringify(name)}, name can't start with a number or contain symbols`
}

function wrongFlag(keyword: string, flags: readonly string[]): string | undefined {
  const known = FLAGS[keyword] ?? NO_FLAGS
  const unknown = flags.map((flag) => flag.slice(2).split('=', 1)[0]!).find((name) => !known.includes(name))
  return unknown === undefined ? undefined : `unknown flag: ${unknown}`
}

function wrongWords(instruction: Instruction): string | undefined {
  const { keyword, rest, json } = instruction
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return splitWords(rest).some((word) => word.startsWith('=')) ? `${keyword} names can not be blank` : undefined
    case 'SHELL':
      return json ? undefined : 'SHELL requires the arguments to be in JSON form'
    case 'ONBUILD':
      return wrongTrigger(rest)
    case 'HEALTHCHECK':
      return wrongHealth(instruction)
    default:
      return undefined
  }
}

function wrongTrigger(rest: string): string | undefined {
  const keyword = unquote(splitWords(rest)[0]!).toUpperCase()
  if (keyword === 'ONBUILD') return "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"
  return keyword === 'MAINTAINER' || keyword === 'FROM' ? `${keyword} isn't allowed as an ONBUILD trigger` : undefined
}

const DURATIONS = ['interval', 'timeout', 'start-period', 'start-interval']
const MINIMUM = 1_000_000

function wrongDuration(flag: string, text: string | undefined): string | undefined {
  try {
    const nanoseconds = duration(text)
    if (nanoseconds === 0 || nanoseconds >= MINIMUM) return undefined
    return `Interval ${JSON.stringify(flag)} cannot be less than 1ms`
  } catch (problem) {
    if (problem instanceof Problem) return problem.message
    throw problem
  }
}

function wrongHealth(instruction: Instruction): string | undefined {
  const [type = '', ...words] = splitWords(instruction.rest)
  const name = type.toUpperCase()
  if (name === 'NONE') return words.length > 0 ? 'HEALTHCHECK NONE takes no arguments' : undefined
  if (name !== 'CMD') return `Unknown type ${JSON.stringify(name)} in HEALTHCHECK (try CMD)`
  if (words.length === 0) return 'Missing command after HEALTHCHECK CMD'
  for (const flag of DURATIONS) {
    const wrong = wrongDuration(flag, flagOf(instruction, flag))
    if (wrong !== undefined) return wrong
  }
  const retries = flagOf(instruction, 'retries') ?? '0'
  if (!/^[+-]?\d+$/.test(retries)) return `strconv.ParseInt: parsing ${JSON.stringify(retries)}: invalid syntax`
  return Number(retries) < 0 ? `--retries cannot be negative (${retries})` : undefined
}
