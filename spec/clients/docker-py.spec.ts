import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { listen } from '../../src/node/index.ts'
import { isHere, ran } from './program.ts'

const PYTHON = '/usr/bin/python3'
const SCRIPT = fileURLToPath(new URL('docker-py.py', import.meta.url))

const DIFF = [
  { Path: '/tmp', Kind: 0 },
  { Path: '/tmp/f.txt', Kind: 1 },
]
const EVENTS =
  'create start exec_create exec_start exec_die extract-to-dir archive-path top pause unpause kill kill stop die destroy'

describe.runIf(isHere('docker-py', PYTHON, ['-c', 'import docker']))('docker-py', () => {
  it('finds everything as at an engine', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wavetank-py-'))
    const tank = createWavetank({ seed: 'docker-py', clock: 'auto' })
    const listening = await listen(tank, { socketPath: join(folder, 'docker.sock') })
    const { stdout, stderr, status } = await ran(PYTHON, [SCRIPT], listening.dockerHost)
    tank.close()
    await listening.close()
    rmSync(folder, { recursive: true })

    expect(stderr).toBe('')
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
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
    expect(status).toBe(0)
  })
})
