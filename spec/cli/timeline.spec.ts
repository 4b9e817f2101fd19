import { describe, expect, it } from 'vitest'
import { timeline } from '../../src/cli/tour/timeline.ts'
import { createWavetank } from '../../src/index.ts'

const ask = async (tank: ReturnType<typeof createWavetank>, method: string, path: string, body?: object) =>
  tank.fetch(
    new Request(`http://docker${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
    }),
  )

describe('timeline', () => {
  it('draws each container along the tank’s own time', async () => {
    const tank = createWavetank({ clock: 'manual', record: true })
    const create = (name: string, seconds: number) =>
      ask(tank, 'POST', `/containers/create?name=${name}`, { Image: 'busybox:1.36', Cmd: ['sleep', String(seconds)] })
    await create('short', 20)
    await ask(tank, 'POST', '/containers/short/start')
    await create('long', 1000)
    tank.clock.advance(10_000)
    await ask(tank, 'POST', '/containers/long/start')
    tank.clock.advance(10_000)
    await ask(tank, 'POST', '/containers/long/pause')
    tank.clock.advance(10_000)
    await ask(tank, 'POST', '/containers/long/unpause')
    tank.clock.advance(29_000)
    await ask(tank, 'POST', '/containers/long/kill')
    await ask(tank, 'DELETE', '/containers/long')
    expect(timeline(tank.journal.entries)).toBe(
      [
        '       0s        10s       20s       30s       40s       50s',
        'short  ▶━━━━━━━━━━━━━━━━━━━■                                         exit 0',
        'long   ··········▶━━━━━━━━━╌╌╌╌╌╌╌╌╌╌━━━━━━━━━━━━━━━━━━━━━━━━━━━━━■  exit 137',
        '',
        '       · created or exited  ━ running  ╌ paused  ▶ start  ↯ signal  ■ exit',
      ].join('\n'),
    )
  })

  it('has nothing to draw without containers', () => {
    expect(timeline([])).toBe('')
  })
})
