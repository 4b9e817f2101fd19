import { beforeEach, describe, expect, test } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/runtime/wavetank.ts'

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({ clock: 'manual' })
})

async function call(method: string, path: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return tank.fetch(new Request(`http://docker${path}`, { method, ...init }))
}

async function run(name: string, ...cmd: string[]): Promise<void> {
  await call('POST', `/containers/create?name=${name}`, { Image: 'busybox:1.36', Cmd: cmd })
  expect((await call('POST', `/containers/${name}/start`)).status).toBe(204)
}

async function logs(name: string): Promise<string> {
  const bytes = new Uint8Array(await (await call('GET', `/containers/${name}/logs?stdout=1&stderr=1`)).arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = new DataView(bytes.buffer).getUint32(at + 4)
    text += new TextDecoder().decode(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length
  }
  return text
}

describe('time', () => {
  test('output comes at t = 0, 1 and 2 s of virtual time', async () => {
    await run('loop', 'sh', '-c', 'for i in 1 2 3; do echo $i; sleep 1; done')
    const seen = [await logs('loop')]
    for (const _ of [1, 2]) {
      tank.clock.advance(1000)
      seen.push(await logs('loop'))
    }
    expect(seen).toEqual(['1\n', '1\n2\n', '1\n2\n3\n'])
  })

  test('an endless loop hangs nothing', async () => {
    await run('busy', 'sh', '-c', 'while :; do :; done')
    tank.clock.advance(2000)
    expect((await call('GET', '/containers/busy/json')).status).toBe(200)
    expect((await call('POST', '/containers/busy/kill')).status).toBe(204)
  })
})

describe('files', () => {
  test('what a program writes is in container.fs, and what is written there a program reads', async () => {
    await run('files', 'sh', '-c', 'echo from inside > /a; while ! [ -f /b ]; do sleep 1; done; cat /b')
    const { fs } = tank.container('files')
    expect(fs.readFileSync('/a', 'utf8')).toBe('from inside\n')
    fs.writeFileSync('/b', 'from outside\n')
    tank.clock.advance(1000)
    expect(await logs('files')).toBe('from outside\n')
    expect(fs.existsSync('/etc/passwd')).toBe(true)
  })

  test('an image can be looked at, not changed', () => {
    const { fs } = tank.image('alpine:3.20')
    expect(fs.readFileSync('/etc/alpine-release', 'utf8')).toMatch(/^3\.20/)
    expect(() => fs.writeFileSync('/x', '')).toThrow('EROFS')
  })

  test('a container that is not there is a Problem', () => {
    expect(() => tank.container('nosuch')).toThrow(expect.objectContaining({ message: 'No such container: nosuch' }))
  })
})

describe('programs of the user', () => {
  const api = async (): Promise<void> => {
    await call('POST', '/containers/create?name=api', { Image: 'busybox:1.36', Cmd: ['/usr/bin/api'] })
    tank.container('api').fs.writeFileSync('/usr/bin/api', new Uint8Array([0x7f, 0x45, 0x4c, 0x46]), { mode: 0o755 })
    await call('POST', '/containers/api/start')
  }

  test('stages print, wait and exit', async () => {
    tank.program('/usr/bin/api', [{ print: 'listening' }, { after: '200ms', print: 'done' }, { exit: 3 }])
    await api()
    expect(await logs('api')).toBe('listening\n')
    tank.clock.advance(200)
    expect(await logs('api')).toBe('listening\ndone\n')
    expect(await (await call('POST', '/containers/api/wait')).json()).toEqual({ StatusCode: 3 })
  })

  test('a binary that nobody described stays up in silence until a signal ends it, and the journal says so', async () => {
    await api()
    tank.clock.advance(60_000)
    expect(await logs('api')).toBe('')
    await call('POST', '/containers/api/kill?signal=TERM')
    expect(await (await call('POST', '/containers/api/wait')).json()).toEqual({ StatusCode: 143 })
    expect(tank.journal.entries.some((entry) => entry.kind === 'notice' && entry.text.includes('/usr/bin/api'))).toBe(
      true,
    )
  })
})

describe('reset and close', () => {
  test('end what is open and go back to the beginning', async () => {
    await run('one', 'sleep', '100')
    const wait = await call('POST', '/containers/one/wait')
    tank.reset()
    expect(await wait.text()).toBe('')
    expect(await (await call('GET', '/containers/json?all=1')).json()).toEqual([])
  })
})
