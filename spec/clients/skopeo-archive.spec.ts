import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, image } from '../../src/index.ts'
import { decode } from '../../src/storage/tar/decode.ts'
import { asking } from '../engine/asking.ts'
import { isHere, ran } from './program.ts'

describe.runIf(isHere('skopeo', 'skopeo', ['--version']))('skopeo reads what is saved', () => {
  let folder: string
  let archive: string
  let id: string
  let layers: string[]

  const skopeo = async (...args: string[]) => {
    const { status, stdout, stderr } = await ran('skopeo', args, '')
    if (status !== 0) throw new Error(`skopeo ${args.join(' ')}: ${stderr}`)
    return stdout
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-skopeo-'))
    const { ask } = asking({ images: [image('acme/api:1', { from: 'alpine:3.20', files: { '/f': 'f' } })] })
    const { json } = await ask('GET', '/images/acme/api:1/json')
    id = json.Id
    layers = json.RootFS.Layers
    const { bytes } = await ask('GET', '/images/acme/api:1/get')
    archive = join(folder, 'saved.tar')
    writeFileSync(archive, bytes)
    for (const { name, body } of decode(bytes)) {
      if (name.endsWith('/')) continue
      mkdirSync(dirname(join(folder, 'layout', name)), { recursive: true })
      writeFileSync(join(folder, 'layout', name), body)
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('as docker-archive: and as oci:', async () => {
    for (const source of [`docker-archive:${archive}:acme/api:1`, `oci:${folder}/layout:1`]) {
      const config = JSON.parse(await skopeo('inspect', '--config', source))
      expect(config.rootfs.diff_ids).toEqual(layers)
      expect(JSON.parse(await skopeo('inspect', '--raw', source)).config.digest).toBe(id)
    }
  })

  it('and what it makes of that is loaded again: another docker-archive, an OCI archive of gzipped layers', async () => {
    const from = `docker-archive:${archive}:acme/api:1`
    await skopeo('copy', '-q', '--insecure-policy', from, `docker-archive:${folder}/copy.tar:acme/copy:2`)
    await skopeo('copy', '-q', '--insecure-policy', from, `oci-archive:${folder}/oci.tar:acme/oci:3`)
    const tank = createWavetank({ images: {} })
    const added = ['copy.tar', 'oci.tar'].map((file) =>
      tank.images.add(new Uint8Array(readFileSync(join(folder, file)))),
    )
    // Of an OCI archive it writes the config anew; the layers are what they were.
    expect(added).toEqual([[id], [expect.stringMatching(/^sha256:/)]])
    expect(added.flat().map((one) => tank.engine.store.state.images.byId.get(one)?.layers)).toEqual([layers, layers])
    for (const name of ['acme/copy:2', 'acme/oci:3']) expect(tank.image(name).fs.readFileSync('/f', 'utf8')).toBe('f')
  })
})
