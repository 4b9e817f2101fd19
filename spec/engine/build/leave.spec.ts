import { describe, expect, test } from 'vitest'
import { Builder, contextOf, linesOf, textOf } from './building.ts'

const sleeping = { Dockerfile: 'FROM busybox:1.36\nRUN echo begun; sleep 1000\nRUN echo never\n' }

async function listed(builder: Builder, path: string): Promise<readonly unknown[]> {
  return (await (await builder.get(path)).json()) as unknown[]
}

describe('given a build whose RUN goes on', () => {
  test('when its client leaves, the container is killed and goes, and nothing gets a name', async () => {
    const builder = new Builder({ clock: 'manual' })
    const before = await listed(builder, 'images/json?all=1')
    const client = new AbortController()
    const response = await builder.tank.fetch(
      new Request('http://docker/build?t=a', { method: 'POST', body: contextOf(sleeping), signal: client.signal }),
    )
    builder.tank.clock.advance(1000)
    const reader = response.body!.getReader()
    let seen = ''
    while (!seen.includes('begun')) seen += new TextDecoder().decode((await reader.read()).value)
    expect(await listed(builder, 'containers/json')).toHaveLength(1)
    client.abort()
    expect(await listed(builder, 'containers/json?all=1')).toEqual([])
    expect(await listed(builder, 'images/json?all=1')).toEqual(before)
    expect(builder.tank.engine.store.state.builds.byId.size).toBe(0)
    builder.tank.clock.advance(2000)
    const events = await (await builder.get('events?since=0&until=1735689602')).text()
    expect(events.match(/"Action":"(kill|die|destroy)"/g)).toEqual(
      ['kill', 'die', 'destroy'].map((one) => `"Action":"${one}"`),
    )
  })

  test('a restored tank is left by nobody', () => {
    const builder = new Builder({ clock: 'manual' })
    builder.tank.serve({ method: 'POST', target: '/build', headers: {}, body: contextOf(sleeping) })
    const snapshot = builder.tank.snapshot()
    builder.tank.restore(snapshot)
    expect(builder.tank.engine.store.state.builds.byId.size).toBe(1)
  })
})

test('builds that go on at the same time do not disturb each other', async () => {
  const builder = new Builder()
  const one = (name: string, seconds: number) =>
    builder.post(`t=${name}`, {
      Dockerfile: `FROM busybox:1.36\nRUN sleep ${seconds}; echo ${name} > /f\nRUN cat /f\n`,
    })
  const [slow, fast] = await Promise.all([one('slow', 20).then(linesOf), one('fast', 10).then(linesOf)])
  expect(textOf(slow)).toContain('slow\n')
  expect(textOf(fast)).not.toContain('slow\n')
  expect([builder.file('slow', '/f'), builder.file('fast', '/f')]).toEqual(['slow\n', 'fast\n'])
})
