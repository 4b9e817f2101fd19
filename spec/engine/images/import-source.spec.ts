import { describe, expect, test } from 'vitest'
import { createWavetank } from '../../../src/runtime/wavetank.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'

const archive = encode([tarEntry({ name: 'f', body: new Uint8Array([105]) })])
const web = { 'http://example.com/tree.tar': archive, 'http://example.com/gone': { status: 404, body: 'no' } }

function imported(source: string, query = '') {
  const tank = createWavetank({ web })
  const url = `http://docker/v1.51/images/create?fromSrc=${encodeURIComponent(source)}&repo=tree${query}`
  return { tank, answer: tank.fetch(new Request(url, { method: 'POST' })) }
}

describe('POST /images/create?fromSrc=URL', () => {
  test.each(['http://example.com/tree.tar', 'example.com/tree.tar'])(
    '%s is downloaded and imported',
    async (source) => {
      const { tank, answer } = imported(source)
      const lines = (await (await answer).text())
        .trim()
        .split('\r\n')
        .map((line) => JSON.parse(line) as object)
      expect(lines).toEqual([
        { status: 'Downloading from http://example.com/tree.tar' },
        {
          status: 'Importing',
          progressDetail: { current: archive.length, total: archive.length },
          progress: '[==================================================>]  2.048kB/2.048kB',
        },
        { status: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      ])
      expect(tank.image('tree').fs.readFileSync('/f', 'utf8')).toBe('i')
      const { Comment } = (await (await tank.fetch(new Request('http://docker/images/tree/json'))).json()) as {
        Comment: string
      }
      expect(Comment).toBe('Imported from http://example.com/tree.tar')
    },
  )

  test.each([
    ['http://example.com/gone', 404, 'failed to GET http://example.com/gone with status 404 Not Found: no'],
    ['http://nosuch.invalid/x', 500, 'Get "http://nosuch.invalid/x": dial tcp: lookup nosuch.invalid: no such host'],
  ])('%s is refused', async (source, status, message) => {
    const response = await imported(source).answer
    expect([response.status, await response.json()]).toEqual([status, { message }])
  })
})
