import { createWavetank, type Wavetank, type WavetankOptions } from '../../../src/index.ts'

export const GOOD = { username: 'good', password: 'pass' }

/** A daemon without images, a Hub with one account, and one registry beside it. */
export const world = (more: WavetankOptions = {}): Wavetank =>
  createWavetank({
    images: {},
    record: true,
    registries: ['127.0.0.1:5000'],
    hub: { accounts: [{ name: 'good', password: 'pass' }] },
    ...more,
  })

export interface Told {
  readonly status: number
  readonly text: string
  /** Of a stream: its lines. */
  // biome-ignore lint/suspicious/noExplicitAny: a spec looks into the JSON as it pleases
  readonly lines: readonly any[]
  /** Of anything else. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly json: any
}

export async function call(
  tank: Wavetank,
  method: string,
  path: string,
  { auth, body }: { auth?: object; body?: unknown } = {},
): Promise<Told> {
  const headers: Record<string, string> = {
    ...(auth ? { 'X-Registry-Auth': btoa(JSON.stringify(auth)) } : {}),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  }
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await tank.fetch(new Request(`http://docker/v1.51${path}`, init))
  const text = await response.text()
  // By v1, what tells of progress has no end of line.
  const lines = text.split(/\r\n|(?<=\})(?=\{"status")/).filter((line) => line !== '')
  const parsed = lines.map((line) => JSON.parse(line) as unknown)
  return { status: response.status, text, lines: parsed, json: parsed[0] }
}

export const pull = (tank: Wavetank, image: string, tag = 'latest', auth?: object) =>
  call(tank, 'POST', `/images/create?${new URLSearchParams({ fromImage: image, tag })}`, auth ? { auth } : {})

export const push = (tank: Wavetank, name: string, tag: string, auth?: object) =>
  call(tank, 'POST', `/images/${name}/push?tag=${tag}`, auth ? { auth } : {})

/** What the daemon asked of registries since entry `from` of the journal, in order. */
export const requestsOf = (tank: Wavetank, from = 0): string[] =>
  tank.journal.entries
    .slice(from)
    .flatMap((entry) =>
      entry.kind === 'request' ? [`${entry.method} ${entry.to}${entry.target} ${entry.status}`] : [],
    )

export const statusesOf = ({ lines }: Told): string[] => lines.map(({ status, error }) => status ?? error)
