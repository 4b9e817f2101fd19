import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { listen, type Published, publish } from '../../src/node/index.ts'

/** A tank that testcontainers takes for the daemon of this machine. */
export interface TestcontainersTank {
  readonly tank: Wavetank
  readonly ports: Published
  /** Puts the environment back, too. */
  close(): Promise<void>
}

/** @param reaper Whether testcontainers starts its reaper. */
export async function testcontainersTank(
  seed: string,
  { reaper }: { readonly reaper: boolean },
): Promise<TestcontainersTank> {
  const before = { ...process.env }
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-testcontainers-'))
  const tank = createWavetank({ seed, clock: 'auto' })
  const listening = await listen(tank, { socketPath: join(folder, 'docker.sock') })
  const ports = publish(tank)
  // In a container of its own it would look for published ports at the bridge's gateway.
  Object.assign(process.env, { DOCKER_HOST: listening.dockerHost, TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1' })
  if (reaper) delete process.env.TESTCONTAINERS_RYUK_DISABLED
  else process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
  return {
    tank,
    ports,
    async close() {
      process.env = before
      await ports.close()
      tank.close()
      await listening.close()
      rmSync(folder, { recursive: true })
    },
  }
}
