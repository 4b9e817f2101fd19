import type { Config, HealthConfig } from './config.ts'
import { noCommand } from './errors.ts'

type List = readonly string[] | null
type Keys<T> = Readonly<Record<string, T>> | null

/** The caller's config with what the image says where the caller says nothing. moby: daemon/commit.go merge */
export function mergeConfig(user: Config, image: Config | undefined): Config {
  const merged = image ? overlay(user, image) : user
  const cleared = merged.entrypoint?.length === 1 && merged.entrypoint[0] === ''
  const config = cleared ? { ...merged, entrypoint: null } : merged
  if (!config.entrypoint?.length && !config.cmd?.length) throw noCommand
  return config
}

function overlay(user: Config, image: Config): Config {
  const ownCommand = Boolean(user.entrypoint?.length || user.cmd?.length)
  return {
    ...user,
    user: user.user || image.user,
    exposedPorts: union(user.exposedPorts, image.exposedPorts),
    env: mergeEnv(user.env, image.env),
    labels: both(user.labels, image.labels),
    cmd: ownCommand ? user.cmd : image.cmd,
    argsEscaped: ownCommand ? user.argsEscaped : image.argsEscaped,
    entrypoint: user.entrypoint ?? image.entrypoint,
    healthcheck: mergeHealth(user.healthcheck, image.healthcheck),
    workingDir: user.workingDir || image.workingDir,
    volumes: union(user.volumes, image.volumes),
    stopSignal: user.stopSignal || image.stopSignal,
    shell: user.shell?.length ? user.shell : image.shell,
  }
}

/** Labels are never null, and most containers of an image have just its own. */
function both(user: Config['labels'], image: Config['labels']): Config['labels'] {
  return user ? Object.assign({}, image, user) : (image ?? NONE)
}

const NONE: Config['labels'] = {}

function union<T>(user: Keys<T>, image: Keys<T>): Keys<T> {
  if (!user || Object.keys(user).length === 0) return image
  return { ...image, ...user }
}

const keyOf = (entry: string) => entry.split('=', 1)[0]!

/** The user's entries first, then the image's that were not given. */
function mergeEnv(user: List, image: List): List {
  if (!user?.length) return image
  const given = new Set(user.map(keyOf))
  return [...user, ...(image ?? []).filter((entry) => !given.has(keyOf(entry)))]
}

function mergeHealth(user: HealthConfig | null, image: HealthConfig | null): HealthConfig | null {
  if (!user || !image) return user ?? image
  return {
    test: user.test?.length ? user.test : image.test,
    interval: user.interval || image.interval,
    timeout: user.timeout || image.timeout,
    startPeriod: user.startPeriod || image.startPeriod,
    startInterval: user.startInterval || image.startInterval,
    retries: user.retries || image.retries,
  }
}

/** Entrypoint and Cmd as one command line. */
export function commandLine({ entrypoint, cmd }: Config): { readonly path: string; readonly args: readonly string[] } {
  const line = [...(entrypoint ?? []), ...(cmd ?? [])]
  return { path: line[0] ?? '', args: line.slice(1) }
}
