import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type ListeningRegistry, listenRegistry } from '../../src/node/index.ts'
import type { Ran } from './docker.ts'
import { isHere, ran } from './program.ts'

describe.runIf(isHere('skopeo', 'skopeo', ['--version']))('skopeo', () => {
  let folder: string
  let tank: Wavetank
  let own: ListeningRegistry
  let hub: ListeningRegistry
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-skopeo-'))
    tank = createWavetank({ seed: 'skopeo', clock: 'manual', hub: { accounts: [{ name: 'me', password: 'secret' }] } })
    own = await listenRegistry(tank)
    hub = await listenRegistry(tank, { registry: 'registry-1.docker.io' })
  })
  afterAll(async () => {
    await Promise.all([own.close(), hub.close()])
    tank.close()
    rmSync(folder, { recursive: true })
  })

  const skopeo = (...args: string[]): Promise<Ran> => ran('skopeo', ['--insecure-policy', ...args], 'unix:///none')
  const out = async (...args: string[]): Promise<string> => {
    const { stdout, stderr, status } = await skopeo(...args)
    if (status !== 0) throw new Error(`skopeo ${args.join(' ')}: status ${status}: ${stderr}`)
    return stdout
  }
  const copy = (from: string, to: string, ...more: string[]) =>
    out('copy', '--src-tls-verify=false', '--dest-tls-verify=false', ...more, from, to)
  const inspect = async (image: string, ...more: string[]) =>
    JSON.parse(await out('inspect', '--tls-verify=false', ...more, `docker://${image}`))

  it('copies from the Hub with a token, and to a registry of one’s own and back, byte for byte', async () => {
    await copy(`docker://${hub.host}/library/busybox:latest`, `dir:${folder}/first`)
    await copy(`dir:${folder}/first`, `docker://${own.host}/me/busybox:1`)
    await copy(`docker://${own.host}/me/busybox:1`, `dir:${folder}/second`)
    const manifest = (name: string) => readFileSync(join(folder, name, 'manifest.json'), 'utf8')
    expect(manifest('second')).toBe(manifest('first'))
    for (const { digest } of JSON.parse(manifest('first')).layers) {
      const blob = digest.slice('sha256:'.length)
      expect(readFileSync(join(folder, 'second', blob)).equals(readFileSync(join(folder, 'first', blob)))).toBe(true)
    }
  })

  it('converts to OCI, whose manifests it asks for by name', async () => {
    await copy(`docker://${own.host}/me/busybox:1`, `docker://${own.host}/me/oci:1`, '--format=oci')
    const raw = await inspect(`${own.host}/me/oci:1`, '--raw')
    expect(raw.mediaType ?? raw.config.mediaType).toMatch(/^application\/vnd\.oci\.image\./)
    await copy(`docker://${own.host}/me/oci:1`, `oci:${folder}/layout:1`)
    await copy(`oci:${folder}/layout:1`, `docker://${own.host}/me/oci:2`)
    expect((await inspect(`${own.host}/me/oci:2`)).Digest).toBe((await inspect(`${own.host}/me/oci:1`)).Digest)
  })

  it('inspects and lists tags', async () => {
    expect(await inspect(`${own.host}/me/busybox:1`)).toMatchObject({
      Name: `${own.host}/me/busybox`,
      RepoTags: ['1'],
      Architecture: 'amd64',
      Os: 'linux',
    })
    const { Tags } = JSON.parse(await out('list-tags', '--tls-verify=false', `docker://${hub.host}/library/busybox`))
    expect(Tags).toContain('latest')
  })

  it('deletes', async () => {
    await copy(`docker://${own.host}/me/busybox:1`, `docker://${own.host}/me/gone:1`)
    await out('delete', '--tls-verify=false', `docker://${own.host}/me/gone:1`)
    const { status, stderr } = await skopeo('inspect', '--tls-verify=false', `docker://${own.host}/me/gone:1`)
    expect([status, stderr]).toEqual([1, expect.stringContaining('manifest unknown')])
  })

  it('pushes to the Hub with a password only', async () => {
    const to = `docker://${hub.host}/me/mine:1`
    const args = ['copy', '--src-tls-verify=false', '--dest-tls-verify=false', `docker://${own.host}/me/busybox:1`, to]
    const refused = await skopeo(...args)
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringMatching(/denied|unauthorized|authentication/)])
    await copy(`docker://${own.host}/me/busybox:1`, to, '--dest-creds=me:secret')
    expect((await inspect(`${hub.host}/me/mine:1`, '--creds=me:secret')).RepoTags).toEqual(['1'])
  })
})
