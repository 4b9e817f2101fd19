import { MINUTE, SECOND } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import { type Config, type HealthConfig, healthConfig } from '../containers/config.ts'
import { parseSignal } from '../containers/signal.ts'
import type { Instruction } from './instruction.ts'
import { keyValues, splitWords, unquote } from './words.ts'

const refused = (message: string) => new Problem('InvalidParameter', message)

type Change = (config: Config, instruction: Instruction) => Config

const SHELL = ['/bin/sh', '-c']

/** The shell form runs under the image's shell. */
export const commandLine = ({ json, rest }: Instruction, shell: readonly string[] | null): readonly string[] =>
  json ?? [...(shell ?? SHELL), rest]

/** `KEY=value` in place of an older one, or at the end. */
export function withEnv(env: readonly string[] | null, key: string, value: string): readonly string[] {
  const entry = `${key}=${value}`
  const known = (env ?? []).findIndex((old) => old.split('=', 1)[0] === key)
  return known < 0 ? [...(env ?? []), entry] : env!.toSpliced(known, 1, entry)
}

/** Instructions that change nothing but the config: those of a Dockerfile that `commit` and `import` take as well. */
export const CONFIG_INSTRUCTIONS: Readonly<Record<string, Change>> = {
  CMD: (config, instruction) => ({ ...config, cmd: commandLine(instruction, config.shell) }),
  ENTRYPOINT: (config, instruction) => ({ ...config, entrypoint: commandLine(instruction, config.shell), cmd: null }),
  ENV: (config, { keyword, rest }) => {
    const env = keyValues(keyword, rest).reduce(
      (before, [key, value]) => withEnv(before, unquote(key), unquote(value)),
      config.env,
    )
    return { ...config, env }
  },
  LABEL: (config, { keyword, rest }) => {
    const labels = keyValues(keyword, rest).map(([key, value]) => [unquote(key), unquote(value)] as const)
    return { ...config, labels: { ...config.labels, ...Object.fromEntries(labels) } }
  },
  EXPOSE: (config, { rest }) => ({
    ...config,
    exposedPorts: {
      ...config.exposedPorts,
      ...Object.fromEntries(
        splitWords(rest)
          .flatMap(ports)
          .map((port) => [port, {}]),
      ),
    },
  }),
  USER: (config, { rest }) => ({ ...config, user: unquote(rest) }),
  VOLUME: (config, { json, rest }) => {
    const paths = json ?? splitWords(rest).map((word) => unquote(word))
    if (paths.some((path) => path.trim() === '')) throw refused('VOLUME specified can not be an empty string')
    return { ...config, volumes: { ...config.volumes, ...Object.fromEntries(paths.map((path) => [path, {}])) } }
  },
  WORKDIR: (config, { rest }) => ({ ...config, workingDir: joinedPath(config.workingDir, unquote(rest)) }),
  ONBUILD: (config, { rest }) => {
    const keyword = rest.split(/\s/, 1)[0]!.toUpperCase()
    if (keyword === 'ONBUILD') throw refused("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
    if (keyword === 'MAINTAINER' || keyword === 'FROM') throw refused(`${keyword} isn't allowed as an ONBUILD trigger`)
    return { ...config, onBuild: [...(config.onBuild ?? []), rest] }
  },
  STOPSIGNAL: (config, { rest }) => {
    parseSignal(unquote(rest))
    return { ...config, stopSignal: unquote(rest) }
  },
  HEALTHCHECK: (config, instruction) => ({ ...config, healthcheck: health(instruction) }),
  SHELL: (config, { json }) => {
    if (!json) throw refused('SHELL requires the arguments to be in JSON form')
    return { ...config, shell: json }
  },
}

/** An absolute path, `.` and `..` resolved. */
export function joinedPath(base: string, path: string): string {
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : base}/${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** `80`, `80/udp`, `8000-8002`. */
function ports(word: string): string[] {
  const [, from, to, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(unquote(word)) ?? []
  if (from === undefined) throw refused(`invalid containerPort: ${word}`)
  const last = Number(to ?? from)
  return Array.from({ length: last - Number(from) + 1 }, (_, i) => `${Number(from) + i}/${protocol.toLowerCase()}`)
}

const NANOSECONDS: Readonly<Record<string, number>> = {
  h: 60 * MINUTE * 1000,
  m: MINUTE * 1000,
  s: SECOND * 1000,
  ms: 1_000_000,
  us: 1000,
  ns: 1,
}

function health({ rest, flags, json }: Instruction): HealthConfig {
  const type = rest.split(/\s/, 1)[0]!.toUpperCase()
  if (type === 'NONE') return { ...healthConfig.zero, test: ['NONE'] }
  if (type !== 'CMD') throw refused(`Unknown type ${JSON.stringify(type)} in HEALTHCHECK (try CMD)`)
  const command = rest.slice(type.length).trim()
  const parsed = json ?? jsonList(command)
  const options = Object.fromEntries(flags.map((flag) => flag.slice(2).split('=', 2))) as Record<string, string>
  return {
    test: parsed ? ['CMD', ...parsed] : ['CMD-SHELL', command],
    interval: duration(options.interval),
    timeout: duration(options.timeout),
    startPeriod: duration(options['start-period']),
    startInterval: duration(options['start-interval']),
    retries: Number(options.retries ?? 0),
  }
}

function jsonList(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.map(String) : undefined
  } catch {
    return undefined
  }
}

/** Go's time.ParseDuration, in nanoseconds. */
export function duration(text = ''): number {
  if (text === '') return 0
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)]
  if (parts.length === 0) throw refused(`time: invalid duration ${JSON.stringify(text)}`)
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * NANOSECONDS[unit!]!, 0)
}
