import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWavetank } from '../../src/runtime/wavetank.ts'
import { request, steps, take, transcript } from '../../src/testing/index.ts'

const fresh = () => createWavetank({ clock: 'manual' })

test('an answer is told with its status, its headers and its body', () => {
  const told = take(fresh(), { request: request('GET', '/_ping'), pause: 0 })
  expect(told).toMatch(/^GET \/v1\.51\/_ping\n200\n\[\["Api-Version","1\.51"\].*\nOK\n$/)
})

test('a body goes along as JSON', () => {
  const told = take(fresh(), { request: request('POST', '/containers/create', { Image: 'nope' }), pause: 0 })
  expect(told).toContain('\n404\n')
  expect(told).toContain('{"message":"No such image: nope:latest"}')
})

test('a long answer is told as far as the pause lets it come', () => {
  const tank = fresh()
  const script = 'for i in 1 2 3; do echo $i; sleep 1; done'
  const body = { Image: 'busybox:1.36', Cmd: ['sh', '-c', script], Tty: true }
  take(tank, { request: request('POST', '/containers/create?name=web', body), pause: 0 })
  take(tank, { request: request('POST', '/containers/web/start'), pause: 0 })
  const logs = request('GET', '/containers/web/logs?stdout=1&follow=1')
  expect(take(tank, { request: logs, pause: 1_500 })).toBe(`${logs.method} ${logs.target}\n1\r\n2\r\n\n`)
  expect(take(tank, { request: logs, pause: 5_000 })).toMatch(/1\r\n2\r\n3\r\n\nend\n$/)
})

test('nobody is left reading after a step', () => {
  fc.assert(
    fc.property(steps(20), (all) => {
      const tank = fresh()
      const before = tank.engine.store.listeners
      transcript(tank, all)
      expect(tank.engine.store.listeners).toBe(before)
    }),
    { numRuns: 20 },
  )
})
