import { env } from '../../src/core/env.ts'
import { type Duration, type Instant, SECOND } from '../../src/core/instant.ts'
import { Problem } from '../../src/core/problem.ts'
import { nextTimer } from '../../src/core/timers.ts'
import { config, createRequest, hostConfig } from '../../src/engine/containers/config.ts'
import type { Container } from '../../src/engine/containers/container.ts'
import { find } from '../../src/engine/containers/find.ts'
import { declareImage, seconds } from '../../src/engine/images/declare.ts'
import { directory, executable, file } from '../../src/engine/images/official/linux-tree.ts'
import { type EngineCommand, type EngineEvent, type EngineState, engineDecider } from '../../src/engine/index.ts'
import { initialNetworks } from '../../src/engine/networks/initial.ts'
import { emptyEngine } from '../../src/engine/state.ts'
import { decode, embed } from '../../src/http/go-json.ts'
import { Store } from '../../src/runtime/store.ts'

export const START: Instant = 1_735_689_600 * SECOND

/** A small image with a shell, made once. */
export const tiny = declareImage({
  created: seconds(1_700_000_000),
  config: { cmd: ['sh'] },
  history: [{ createdBy: 'tiny' }],
  layers: [
    [
      directory('bin'),
      ...['sh', 'sleep', 'true', 'false', 'echo'].map((name) => executable(`bin/${name}`, name)),
      directory('etc'),
      file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nwww:x:33:33:www:/var/www:/bin/sh\n'),
      file('etc/group', 'root:x:0:\nwww:x:33:\naudio:x:29:www\n'),
      directory('tmp'),
    ],
  ],
})

/** An engine without a shell: commands go in, time passes when told, programs do nothing by themselves. */
export class World {
  readonly store: Store<EngineState, EngineCommand, EngineEvent>
  now = START
  /** Every event so far, in order. */
  readonly log: EngineEvent[] = []

  constructor(seed = 'spec') {
    const networks = initialNetworks(env(`${seed}\norigin`, 0, START))
    const events: readonly EngineEvent[] = [
      ...networks,
      { type: 'image.add', image: tiny.image, layers: tiny.layers } as EngineEvent,
      { type: 'image.tag', id: tiny.image.id, reference: 'docker.io/library/tiny:latest' } as EngineEvent,
    ]
    const begin = events.reduce(
      (state, event, i) => engineDecider.evolve(state, { ...event, at: START, position: i - events.length }),
      { ...emptyEngine, now: START },
    )
    this.store = new Store(engineDecider, seed, { ...begin, events: emptyEngine.events })
    this.store.listen((event) => this.log.push(event))
  }

  get state(): EngineState {
    return this.store.state
  }

  do(command: EngineCommand): readonly EngineEvent[] {
    return this.store.dispatch(command, this.now)
  }

  /** `kind message` of the refusal, or `ok`. */
  try(command: EngineCommand): string {
    try {
      this.do(command)
      return 'ok'
    } catch (problem) {
      if (problem instanceof Problem) return `${problem.kind} ${problem.message}`
      throw problem
    }
  }

  /** Time passes; timers that are due dispatch their commands. */
  pass(duration: Duration): void {
    const until = this.now + duration
    for (;;) {
      const timer = nextTimer(this.state.timers)
      if (!timer || timer.at > until) break
      this.now = Math.max(this.now, timer.at)
      this.do({ type: 'ClockAdvance' })
      this.do(timer.command)
      if (this.state.timers.byKey.get(timer.key) === timer) throw new Error(`timer ${timer.key} was not cleared`)
    }
    this.now = until
    this.do({ type: 'ClockAdvance' })
  }

  /** A container of the body of `POST /containers/create`; `sh` of the small image unless it says otherwise. */
  create(name: string, body: Readonly<Record<string, unknown>> = {}): string {
    this.do(createCommand(name, body))
    return find(this.state, name).id
  }

  run(name: string, body: Readonly<Record<string, unknown>> = {}): string {
    const id = this.create(name, body)
    this.do({ type: 'ContainerStart', id })
    return id
  }

  container(ref: string): Container {
    return find(this.state, ref)
  }

  exit(ref: string, exitCode: number): readonly EngineEvent[] {
    return this.do({ type: 'ContainerExit', id: this.container(ref).id, exitCode })
  }

  /** What happened during `act`, as Docker names it. */
  types(act: () => void): string[] {
    const from = this.log.length
    act()
    return this.log.slice(from).map(({ type }) => type)
  }
}

const requestBody = embed(config, createRequest)

export function createCommand(name: string, body: Readonly<Record<string, unknown>>): EngineCommand {
  const { hostConfig: host, networkingConfig, ...own } = decode(requestBody, { Image: 'tiny', ...body })
  return {
    type: 'ContainerCreate',
    name,
    config: { ...config.zero, ...own },
    hostConfig: host ?? hostConfig.zero,
    endpoints: networkingConfig?.endpointsConfig ?? null,
    platform: '',
  }
}
