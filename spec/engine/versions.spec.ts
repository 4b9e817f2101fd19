import { expect, test } from 'vitest'
import { versionBelow } from '../../src/engine/api-version.ts'
import { versionChanges } from '../../src/engine/version-changes.ts'
import { shaped, supports } from '../../src/engine/versions.ts'

test('versions are compared by number', () => {
  expect(versionBelow('1.9', '1.10')).toBe(true)
  expect(versionBelow('1.24', '1.24')).toBe(false)
  expect(versionBelow('1.51', '2.0')).toBe(true)
})

test('the table is in order, newest first, so that changes are undone backwards', () => {
  const minors = versionChanges.map(({ since }) => Number(since.split('.')[1]))
  expect(minors).toEqual([...minors].sort((a, b) => b - a))
})

const at = (version: string, operation: string, json: unknown) => shaped({ status: 200, json }, operation, version).json

test.each([
  ['ImageList', '1.44', [{ Id: 'sha256:a', Size: 1 }], { VirtualSize: undefined }],
  ['ImageList', '1.43', [{ Id: 'sha256:a', Size: 1 }], { VirtualSize: 1, Id: 'sha256:a', Containers: -1 }],
  [
    'ImageList',
    '1.21',
    [{ Id: 'sha256:a', Size: 1, RepoTags: ['x'] }],
    { Id: 'a', RepoTags: ['x'], RepoDigests: null },
  ],
  ['ImageList', '1.42', [{ RepoTags: [], RepoDigests: [] }], { RepoTags: ['<none>:<none>'] }],
  ['ContainerList', '1.23', [{ State: 'running' }], { State: 'running' }],
  ['ContainerList', '1.22', [{ State: 'running' }], { State: undefined }],
])('%s at %s', (operation, version, json, expected) => {
  const [item] = at(version, operation, json) as Record<string, unknown>[]
  for (const [key, value] of Object.entries(expected)) expect(item![key], key).toEqual(value)
})

test('mounts stood in two maps', () => {
  const inspected = {
    Mounts: [{ Destination: '/d', Source: '/v/_data', RW: true }],
    HostConfig: { Memory: 5 },
    Config: {},
  }
  expect(at('1.19', 'ContainerInspect', inspected)).toMatchObject({
    Volumes: { '/d': '/v/_data' },
    VolumesRW: { '/d': true },
    Config: { Memory: 5 },
  })
  expect(at('1.20', 'ContainerInspect', inspected)).toMatchObject({ Mounts: inspected.Mounts })
})

test('refusals and other operations stay as they are', () => {
  const refusal = { status: 404, json: { message: 'x' } }
  expect(shaped(refusal, 'ImageList', '1.10')).toBe(refusal)
  const answer = { status: 200, json: [] }
  expect(shaped(answer, 'VolumeList', '1.10')).toBe(answer)
})

test('features', () => {
  expect([supports('1.41', 'multiplexedStream'), supports('1.42', 'multiplexedStream')]).toEqual([false, true])
})
