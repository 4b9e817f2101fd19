import { afterEach, describe, expect, it, vi } from 'vitest'
import { createWavetank, type Wavetank, type WavetankOptions } from '../../src/index.ts'
import { type Listening, listen } from '../../src/node/index.ts'
import { DockerCli, dockerIsHere } from './docker.ts'

/** A layer that gzip cannot make less. */
const content = Uint8Array.from({ length: 400_000 }, (_, i) => (Math.imul(i ^ (i >>> 7), 2654435761) >>> 13) & 255)

const hub: NonNullable<WavetankOptions['hub']> = {
  accounts: [{ name: 'me', password: 'secret' }],
  repositories: [{ name: 'me/big', images: [{ tags: ['1'], image: { files: { '/big': content }, cmd: ['/x'] } }] }],
}

describe.runIf(dockerIsHere())('docker pull through a slow network', { timeout: 120_000 }, () => {
  let tank: Wavetank
  let engine: Listening
  let docker: DockerCli

  async function begin(options: WavetankOptions): Promise<void> {
    tank = createWavetank({ images: {}, record: true, hub, ...options })
    engine = await listen(tank)
    docker = new DockerCli(engine.dockerHost)
  }
  afterEach(async () => {
    docker.close()
    await engine.close()
    tank.close()
  })
  /** So many pulls are. */
  const underWay = (size: number) =>
    vi.waitFor(() => expect(tank.engine.store.state.distribution.conversations.size).toBe(size), { timeout: 60_000 })
  const blobs = () =>
    tank.journal.entries.filter((entry) => entry.kind === 'request' && /^GET .*\/blobs\//.test(`GET ${entry.target}`))

  it('is interrupted in the middle, and leaves no image', async () => {
    await begin({ clock: 'real', network: { bandwidth: 20_000 } })
    const { stdout, status } = await docker.interrupted(['pull', 'me/big:1'], 'Pulling fs layer')
    expect(status).not.toBe(0)
    expect(stdout).not.toContain('Download complete')
    await underWay(0)
    expect(await docker.out('images', '-q')).toBe('')
    expect(tank.engine.store.state.images.layers.size).toBe(0)
  })

  it('is over at once with the auto clock', async () => {
    await begin({ clock: 'auto', network: { bandwidth: 100, latency: '1s' } })
    const before = tank.clock.now
    expect(await docker.out('pull', 'me/big:1')).toContain('Status: Downloaded newer image for me/big:1')
    // More than ten minutes of the tank's time.
    expect(tank.clock.now - before).toBeGreaterThan(600 * 1e6)
    expect(await docker.out('images', '--format', '{{.Repository}}:{{.Tag}}')).toBe('me/big:1\n')
  })

  it('is shared by two clients, of whom one may leave', async () => {
    await begin({ clock: 'manual', network: { bandwidth: 20_000 } })
    const first = docker.interrupted(['pull', 'me/big:1'], 'Pulling fs layer')
    await underWay(1)
    const second = docker.out('pull', 'me/big:1')
    await underWay(2)
    tank.clock.advance(1000)
    expect((await first).status).not.toBe(0)
    await underWay(1)
    tank.clock.advance(60_000)
    expect(await second).toContain('Status: Downloaded newer image for me/big:1')
    expect(new Set(blobs().map((entry) => (entry.kind === 'request' ? entry.target : ''))).size).toBe(2)
    expect(await docker.out('images', '-q')).not.toBe('')
  })
})
