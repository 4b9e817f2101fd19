import { createWavetank, type WavetankOptions } from '../../src/index.ts'

/** A tank whose clock stands, asked over HTTP. */
export function asking(options: WavetankOptions = {}) {
  const tank = createWavetank({ clock: 'manual', ...options })
  const ask = async (method: string, path: string, body?: unknown) => {
    const json = body !== undefined && !(body instanceof Uint8Array)
    const request = new Request(`http://docker${path}`, {
      method,
      ...(json ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
      ...(body instanceof Uint8Array ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    })
    const response = await tank.fetch(request)
    const bytes = new Uint8Array(await response.arrayBuffer())
    const text = new TextDecoder().decode(bytes)
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      get json() {
        return text === '' ? undefined : JSON.parse(text)
      },
      /** `404 No such container: x` */
      get refusal() {
        return `${response.status} ${JSON.parse(text).message}`
      },
    }
  }
  const run = async (name: string, body: Readonly<Record<string, unknown>> = {}) => {
    await ask('POST', `/containers/create?name=${name}`, { Image: 'busybox:1.36', Cmd: ['sleep', '300'], ...body })
    return ask('POST', `/containers/${name}/start`)
  }
  return { tank, ask, run }
}
