import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, listen } from '../../src/node/index.ts'
import { eventually } from '../node/wire.ts'
import { Chance } from './chance.ts'
import { shoot } from './shoot.ts'
import { nextShot, type Shot } from './shots.ts'

const SHOTS = 10_000
const BATCH = 500
const AT_ONCE = 8
const SEED = 20_250_101

describe('ten thousand malformed requests', { timeout: 600_000 }, () => {
  let folder: string
  let tank: Wavetank
  let listening: Listening
  const socketPath = () => join(folder, 'docker.sock')

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-abuse-'))
    tank = createWavetank({ seed: 'abuse', clock: 'auto' })
    listening = await listen(tank, { socketPath: socketPath() })
  })
  afterAll(async () => {
    tank.close()
    await listening.close()
    rmSync(folder, { recursive: true })
  })

  const ask = async (method: string, path: string, body?: unknown) => {
    const init = body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}
    const response = await tank.fetch(new Request(`http://docker/v1.51${path}`, { method, ...init }))
    return { status: response.status, json: await response.json().catch(() => undefined) }
  }
  /** A container that reads what it is sent, and the world without what a lucky shot has made. */
  const afresh = async () => {
    tank.reset()
    await ask('POST', '/containers/create?name=box', { Image: 'busybox:1.36', Cmd: ['cat'], OpenStdin: true })
    expect((await ask('POST', '/containers/box/start')).status).toBe(204)
  }
  /** What is wrong with the answers of a volley. */
  const volley = async (shots: readonly Shot[]) => {
    const queue = [...shots]
    const faults: string[] = []
    const rifle = async () => {
      for (let next = queue.pop(); next; next = queue.pop())
        faults.push(...judge(next, await shoot(socketPath(), next)))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, rifle))
    return faults
  }

  it('each is answered, none is a fault of ours, the next good one works, nothing stays behind', async () => {
    const chance = new Chance(SEED)
    await afresh()
    const listeners = tank.engine.store.listeners
    const heaps: number[] = []
    for (let fired = 0; fired < SHOTS; fired += BATCH) {
      expect(await volley(Array.from({ length: BATCH }, () => nextShot(chance)))).toEqual([])
      await eventually(() => tank.engine.pumps.size === 0)
      expect((await ask('GET', '/_ping')).status).toBe(200)
      expect((await ask('GET', '/containers/json?all=1')).status).toBe(200)
      await afresh()
      expect(tank.engine.store.listeners).toBe(listeners)
      heaps.push(heapUsed())
    }
    // What the first half has warmed up, the second half does not add to.
    const [first, second] = [heaps.slice(0, heaps.length / 2), heaps.slice(heaps.length / 2)]
    expect(Math.min(...second) - Math.max(...first)).toBeLessThan(16 * 1024 * 1024)
  })
})

function judge(shot: Shot, { status, body }: { readonly status: number; readonly body: string }): readonly string[] {
  const told = `${Buffer.from(shot.bytes.subarray(0, 300)).toString('latin1')}\n→ ${status} ${body.slice(0, 600)}`
  if (status === 0) return [`no answer: ${told}`]
  if (/wavetank: |TypeError|RangeError|\bundefined\b/.test(body)) return [`our fault: ${told}`]
  return shot.refused && status < 400 && status !== 301 ? [`not refused: ${told}`] : []
}

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

function heapUsed(): number {
  gc()
  return process.memoryUsage().heapUsed
}
