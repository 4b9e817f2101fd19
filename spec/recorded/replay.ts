import { type Answer, actualAnswer, recordedAnswer } from './answer.ts'
import { compareAnswers, type Verdict } from './compare.ts'
import { Identities } from './identities.ts'
import { firstOwnEvent, withoutLeftovers } from './leftovers.ts'
import { requestBytes } from './request-bytes.ts'
import { pack } from './tar.ts'
import type { Exchange, Target } from './target.ts'
import { originOf, type Timed, timeline } from './timeline.ts'
import type { Json, Transcript } from './transcript.ts'
import { bodies, type Call, overlapped, unrecorded } from './unrecorded.ts'

export interface Replayed {
  readonly exchange: Timed
  readonly recorded: Answer
  readonly actual: Answer
  readonly verdict: Verdict
}

/** A moment of the recording at which the replay does something. */
interface Moment {
  readonly at: number
  readonly run: () => Promise<void>
}

const encoder = new TextEncoder()
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

/** Plays one group against a target, at the recorded times of the target's clock, and compares each answer. */
export async function replay(transcript: Transcript, target: Target, world: World): Promise<readonly Replayed[]> {
  const run = new Replay(transcript, target)
  await run.meet(world)
  for (const moment of run.moments()) {
    await run.until(moment.at)
    await moment.run()
  }
  return run.results
}

/** What the recorded engine had before the first group. */
export interface World {
  readonly image: { readonly [key: string]: Json }
  readonly networks: readonly { readonly [key: string]: Json }[]
}

class Replay {
  readonly results: Replayed[] = []
  private readonly ids = new Identities()
  private readonly open = new Map<string, Exchange>()
  private readonly kept = new Map<string, Uint8Array>()
  private readonly exchanges: readonly Timed[]
  private readonly transcript: Transcript
  private readonly target: Target
  private readonly born: number
  private late = 0
  private readonly prefix: string
  private readonly firstOwnEvent: number

  constructor(transcript: Transcript, target: Target) {
    this.transcript = transcript
    this.target = target
    this.born = target.now()
    this.exchanges = timeline(transcript, new Set(overlapped[transcript.group]))
    this.firstOwnEvent = firstOwnEvent(transcript)
    this.prefix = transcript.engine.endsWith('api-1.24') ? '/v1.24' : ''
  }

  /** Learns by which ids this engine knows what was there before. */
  async meet(world: World): Promise<void> {
    const image = await this.ask({ call: 'GET /images/busybox:1.36/json' })
    this.ids.learnFrom({ Id: world.image.Id!, RootFS: world.image.RootFS! }, parse(image))
    const networks = parse(await this.ask({ call: 'GET /networks' }))
    for (const network of world.networks) {
      const same = Array.isArray(networks) ? networks.find((other) => nameOf(other) === network.Name) : undefined
      this.ids.learnFrom({ Id: network.Id! }, same)
    }
  }

  moments(): readonly Moment[] {
    const hidden = unrecorded[this.transcript.group] ?? []
    const moments: Moment[] = []
    for (const exchange of this.exchanges) {
      for (const { before, lead = 0, asTold, calls } of hidden)
        if (before === exchange.key)
          moments.push({
            at: (asTold && exchange.told) || Math.max(0, exchange.start - lead),
            run: () => this.askAll(calls),
          })
      if (exchange.key === 'ambiguous prefix inspect')
        moments.push({ at: exchange.start, run: () => this.collide(prefixIn(exchange)) })
      moments.push({ at: exchange.start, run: () => this.start(exchange) })
      moments.push(...this.inputs(exchange))
      moments.push({ at: exchange.end, run: () => this.finish(exchange) })
    }
    return moments.sort((a, b) => a.at - b.at)
  }

  async until(at: number): Promise<void> {
    const missing = this.born + this.late + at - this.target.now()
    if (missing > 0) await this.target.elapse(missing)
    // What takes longer than recorded delays all that follows: the pauses between calls matter, not the hour.
    else if (this.target.slow) this.late -= missing
  }

  private inputs(exchange: Timed): Moment[] {
    const { rawInput = [], halfClose } = exchange.request
    let at = exchange.start
    const moments: Moment[] = []
    const act = (run: (open: Exchange) => void) =>
      moments.push({
        at,
        run: async () => {
          await this.target.arrive()
          run(this.open.get(exchange.key)!)
        },
      })
    for (const item of rawInput) {
      if (typeof item === 'number') at += item * 1000
      else if (item !== '') act((open) => open.write(latin1(item)))
    }
    if (halfClose) act((open) => open.halfClose())
    return moments
  }

  private async start(exchange: Timed): Promise<void> {
    const { method, path, headers } = exchange.request
    const translate = (text: string) => this.ids.translate(text, this.seconds(0), this.seconds(this.late))
    const kept = bodies[this.transcript.group]?.[exchange.key]
    const body = await requestBytes(exchange.request, translate)
    this.open.set(
      exchange.key,
      this.target.open({
        method,
        path: translate(path),
        headers,
        body: (kept === undefined ? undefined : this.kept.get(kept)) ?? body,
      }),
    )
    await this.target.arrive()
  }

  /** How far this run's clock is from the recorded one. */
  private readonly seconds = (late: number) => Math.round((this.born + late - originOf(this.transcript)) / 1000)

  private async finish(exchange: Timed): Promise<void> {
    const recorded = withoutLeftovers(recordedAnswer(exchange.response), this.firstOwnEvent)
    const open = this.open.get(exchange.key)!
    if (!exchange.response.closedByClient) await this.complete(open)
    else await this.target.arrive()
    const stillOpen = !open.ended
    open.close()
    const actual = await actualAnswer(open, recorded, stillOpen && open.head !== undefined)
    this.kept.set(exchange.key, open.body)
    this.learn(recorded, actual)
    this.results.push({ exchange, recorded, actual, verdict: compareAnswers(recorded, actual, this.ids) })
  }

  private learn(recorded: Answer, actual: Answer): void {
    if (recorded.status !== actual.status) return
    this.ids.learnFrom(recorded.json, actual.json)
    const lines = steps(actual)
    steps(recorded).forEach((line, at) => {
      this.ids.learnFrom(line, lines[at])
    })
    recorded.frames?.forEach(([, text], at) => {
      this.ids.learnText(text, actual.frames?.[at]?.[1] ?? '')
    })
  }

  /** Waits for the end; the target's clock goes on while nothing comes. */
  private async complete(open: Exchange): Promise<void> {
    for (let step = 0; step < 400 && !open.ended; step++) {
      await Promise.race([open.done, this.target.arrive()])
      if (!open.ended) await this.target.elapse(step < 20 ? 10 : 100)
    }
  }

  private async askAll(calls: readonly Call[]): Promise<void> {
    for (const call of calls) {
      if (call.call === 'DELETE /containers') await this.askAll(await this.removals())
      else await this.ask(call)
    }
  }

  private async removals(): Promise<readonly Call[]> {
    const list = parse(await this.ask({ call: 'GET /containers/json?all=1' }))
    const ids = Array.isArray(list) ? list.flatMap((item) => (isObject(item) ? [String(item.Id)] : [])) : []
    return ids.map((id) => ({ call: `DELETE /containers/${id}?force=1&v=1` }))
  }

  private async ask(call: Call): Promise<Uint8Array> {
    if (call.after) await this.target.elapse(call.after)
    for (let attempt = 0; ; attempt++) {
      const answer = await this.askOnce(call)
      const json = call.until ? parse(answer) : undefined
      if (!call.until || attempt === 100 || (json !== undefined && call.until(json))) return answer
      await this.target.elapse(50)
    }
  }

  private async askOnce({ call, json, tar, keep, body }: Call): Promise<Uint8Array> {
    const [method, path] = call.split(' ') as [string, string]
    const exchange = this.target.open({
      method,
      path: this.prefix + path.replace(/\{(\w+)\}/g, (_, name) => this.keptId(name)),
      headers:
        json !== undefined
          ? { 'Content-Type': 'application/json' }
          : tar
            ? { 'Content-Type': 'application/x-tar' }
            : {},
      body:
        json !== undefined
          ? encoder.encode(JSON.stringify(json))
          : tar
            ? await packTexts(tar)
            : (this.kept.get(body ?? '') ?? new Uint8Array()),
    })
    await this.complete(exchange)
    exchange.close()
    if (keep) this.kept.set(keep, exchange.body)
    return exchange.body
  }

  private keptId(name: string): string {
    const json = parse(this.kept.get(name) ?? new Uint8Array())
    return isObject(json) ? String(json.Id) : ''
  }

  /** The recorder made containers until two ids began with the same character. */
  private async collide(ambiguous: string): Promise<void> {
    const seen = new Set<string>()
    for (;;) {
      const answer = parse(await this.ask(anonymous))
      const first = isObject(answer) ? String(answer.Id)[0]! : undefined
      if (first === undefined) return
      if (seen.has(first)) return this.ids.learn(ambiguous, first)
      seen.add(first)
    }
  }
}

const anonymous: Call = { call: 'POST /containers/create', json: { Image: 'busybox:1.36', Cmd: ['true'] } }

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const prefixIn = ({ request }: Timed) => /\/containers\/(.)\/json/.exec(request.path)?.[1] ?? ''
/** Lines without those that count bytes: there is no telling how many of them there are. */
const steps = ({ lines = [] }: Answer) => lines.filter((line) => !isObject(line) || line.progress === undefined)
const nameOf = (value: Json) => (isObject(value) ? value.Name : undefined)

function parse(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Json
  } catch {
    return undefined
  }
}

const packTexts = (files: Readonly<Record<string, string>>) =>
  pack(
    Object.entries(files).map(([name, text]) => ({
      name,
      type: '0',
      mode: '0o644',
      uid: 0,
      gid: 0,
      size: text.length,
      text,
    })),
  )
