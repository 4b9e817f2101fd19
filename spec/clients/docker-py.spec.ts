import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { listen } from '../../src/node/index.ts'
import { isHere, ran } from './program.ts'

const PYTHON = '/usr/bin/python3'

/** What a script tells, a pair for each thing it asked of a tank of its own. */
async function told(script: string): Promise<readonly unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-py-'))
  const tank = createWavetank({ seed: 'docker-py', clock: 'auto' })
  const listening = await listen(tank, { socketPath: join(folder, 'docker.sock') })
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { stdout, stderr, status } = await ran(PYTHON, [path], listening.dockerHost)
  tank.close()
  await listening.close()
  rmSync(folder, { recursive: true })
  expect({ stderr, status }, stdout).toEqual({ stderr: '', status: 0 })
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const DIFF = [
  { Path: '/tmp', Kind: 0 },
  { Path: '/tmp/f.txt', Kind: 1 },
]
const EVENTS =
  'create start exec_create exec_start exec_die extract-to-dir archive-path top pause unpause kill kill stop die destroy'

describe.runIf(isHere('docker-py', PYTHON, ['-c', 'import docker']))('docker-py', () => {
  it('finds everything as at an engine', async () => {
    expect(await told('docker-py.py')).toEqual([
      ['ping', true],
      ['version', '1.51'],
      ['run', 'hi\n'],
      ['run fails', [3, 'no\n']],
      ['created', 'created'],
      ['running', ['running', { a: 'b' }]],
      ['list', ['py']],
      ['logs', 'one\n'],
      ['logs stream', [expect.stringMatching(/^2025-01-01T00:00:\d\d\.\d{9}Z one\n$/)]],
      ['exec', [3, ['out\n', 'err\n']]],
      ['put', true],
      ['get', ['f.txt', 5, ['f.txt'], 'hello']],
      ['diff', DIFF],
      ['top', ['sleep 1000']],
      ['stats', '/py'],
      ['volumes', ['data']],
      ['network', ['py']],
      ['not found', [404, 'No such container: nosuch']],
      ['paused', 'paused'],
      ['wait', { StatusCode: 137 }],
      ['events', EVENTS.split(' ')],
      ['build', [['py:1'], true]],
      ['images', []],
      ['volumes', []],
    ])
  })

  it('streams, execs, archives, volumes, networks, live events', async () => {
    expect(await told('docker-py-more.py')).toEqual([
      ['attach', ['err\n', 'out\n']],
      ['wait', { StatusCode: 4 }],
      ['logs of one stream', ''],
      ['changed', ['renamed', 134_217_728]],
      ['killed', ['exited', 137]],
      [
        'twice',
        ['APIError', 409, expect.stringMatching(/^Conflict\. The container name "\/renamed" is already in use/)],
      ],
      ['no image', ['ImageNotFound', 404, 'No such image: no/such:latest']],
      ['kill stopped', [409]],
      ['commit', [['mine:v1'], 'committed\n']],
      ['export', true],
      ['exec stream', '1\n2\n'],
      ['exec', [0, '1000\n/tmp\nb\n']],
      ['exec nosuch', 127],
      ['exec socket', [true, 7]],
      ['put', true],
      ['get', ['d', { d: '5', 'd/a': 'a', 'd/e': '5', 'd/e/b': 'b', 'd/l': '2' }]],
      ['get nosuch', ['NotFound', 404, expect.stringMatching(/^Could not find the file \/nosuch in container /)]],
      ['mounted', 'kept\n'],
      ['in use', ['APIError', 409]],
      ['volumes', ['data']],
      ['pruned', { VolumesDeleted: ['data'], SpaceReclaimed: 5 }],
      ['address', '10.9.0.77'],
      ['page', 'page\n'],
      ['members', ['cli', 'web']],
      ['busy', 403],
      ['gone', 1],
      ['networks', ['net']],
      ['pruned networks', { NetworksDeleted: ['net'] }],
      ['live', ['create', 'destroy', 'create', 'start', 'die', 'destroy']],
      ['df', ['BuildCache', 'Containers', 'Images', 'LayersSize', 'Volumes']],
      ['info', [0, '28.5.2']],
    ])
  })
})
