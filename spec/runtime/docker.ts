import type { Wavetank } from '../../src/index.ts'

// biome-ignore lint/suspicious/noExplicitAny: specs look into the answers
type Body = any

/** The few calls that specs of running containers need, over `tank.fetch`. */
export function docker(tank: Pick<Wavetank, 'fetch'>) {
  const raw = (method: string, path: string, body?: unknown) =>
    tank.fetch(
      new Request(`http://docker/v1.51${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      }),
    )
  const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> => {
    const response = await raw(method, path, body)
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  /** Throws where the daemon refuses. */
  const ok = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await call(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  return {
    call,
    ok,
    /** Creates and starts; gives the id. */
    async run(name: string, config: Body): Promise<string> {
      const { Id } = await ok('POST', `/containers/create?name=${name}`, { Image: 'busybox:1.36', ...config })
      await ok('POST', `/containers/${name}/start`)
      return Id
    },
    /** What a script prints, on either stream. */
    async exec(container: string, script: string, config: Body = {}): Promise<string> {
      const { Id } = await ok('POST', `/containers/${container}/exec`, {
        Cmd: ['sh', '-c', script],
        AttachStdout: true,
        AttachStderr: true,
        ...config,
      })
      return plain(await raw('POST', `/exec/${Id}/start`, { Detach: false, Tty: false }))
    },
    /** What a container has printed so far. */
    async logs(container: string): Promise<string> {
      return plain(await raw('GET', `/containers/${container}/logs?stdout=1&stderr=1`))
    },
    /** Waits for the exit; gives the code. */
    async wait(container: string): Promise<number> {
      return (await ok('POST', `/containers/${container}/wait`)).StatusCode
    },
  }
}

/** The frames of a multiplexed stream, without their headers. */
async function plain(response: Response): Promise<string> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const view = new DataView(bytes.buffer)
  const parts: Uint8Array[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4)
    parts.push(bytes.subarray(at + 8, at + 8 + size))
    at += 8 + size
  }
  return parts.map((part) => new TextDecoder().decode(part)).join('')
}
