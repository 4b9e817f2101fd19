import { mkdtemp, rm } from 'node:fs/promises'
import type { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type TestAPI } from 'vitest'
import { agent } from '../node/agent.ts'
import { type Listening, listen } from '../node/listen.ts'
import { createWavetank, type Wavetank } from '../runtime/wavetank.ts'

/** What a test can ask for by name; each is made when it is asked for and gone after the test. */
export interface Fixtures {
  /** A tank of the test's own. Its seed is the test's name, so that a test sees the same ids each time. */
  readonly tank: Wavetank
  /** An `http.Agent` whose connections end in the tank: `new Docker({ host: 'tank', port: 2375, agent })`. */
  readonly agent: Agent
  /** A unix socket in front of the tank, for programs that are started with `DOCKER_HOST: door.dockerHost`. */
  readonly door: Listening
}

/**
 * vitest's `test` with a tank.
 *
 * @example
 * import { test } from 'wavetank/vitest'
 * test('pulls what it needs', async ({ tank, agent }) => {
 *   await deploy(new Docker({ host: 'tank', port: 2375, agent }))
 *   expect(tank.container('web').fs.readFileSync('/etc/hostname', 'utf8')).toBe('web\n')
 * })
 */
export const test: TestAPI<Fixtures> = base.extend<Fixtures>({
  tank: async ({ task }, use) => {
    const tank = createWavetank({ seed: task.name })
    await use(tank)
    tank.close()
  },
  agent: async ({ tank }, use) => {
    const own = agent(tank)
    await use(own)
    own.destroy()
  },
  door: async ({ tank }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'wavetank-'))
    const door = await listen(tank, { socketPath: join(folder, 'docker.sock') })
    await use(door)
    await door.close()
    await rm(folder, { recursive: true })
  },
})
