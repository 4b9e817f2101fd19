import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranged } from '../../../src/hub/registry/ranges.ts'

const TEN = ['012', '3', '', '456789'].map((part) => new TextEncoder().encode(part))
const get = (range: string | undefined) => {
  const { status, headers = [], bytes = [], text } = ranged(TEN, range, 'x/y', [['Etag', '"e"']])
  const body = text ?? bytes.map((part) => new TextDecoder().decode(part)).join('')
  return { status, headers: Object.fromEntries(headers), body }
}

describe('a range', () => {
  it.each([
    ['bytes=2-4', 'bytes 2-4/10', '234'],
    ['bytes=7-', 'bytes 7-9/10', '789'],
    ['bytes=-3', 'bytes 7-9/10', '789'],
    ['bytes=8-99', 'bytes 8-9/10', '89'],
    ['bytes=-99', 'bytes 0-9/10', '0123456789'],
    ['bytes=20-30, 1-1', 'bytes 1-1/10', '1'],
  ])('%s', (range, said, body) => {
    const { headers, ...rest } = get(range)
    expect(rest).toEqual({ status: 206, body })
    expect(headers).toMatchObject({ 'Content-Range': said, 'Content-Length': String(body.length), Etag: '"e"' })
  })

  it.each([undefined, '', 'bytes=', 'bytes=0-9,0-9'])('%s is the whole', (range) => {
    expect(get(range)).toMatchObject({ status: 200, body: '0123456789' })
  })

  it('beyond the end says how long it is', () => {
    const { status, headers, body } = get('bytes=20-30')
    expect([status, headers['Content-Range'], headers.Etag, body]).toEqual([
      416,
      'bytes */10',
      undefined,
      'invalid range: failed to overlap\n',
    ])
  })

  it.each(['lines=0-1', 'bytes=x-', 'bytes=5-2', 'bytes=-'])('%s is none', (range) => {
    expect(get(range)).toMatchObject({ status: 416, body: 'invalid range\n' })
  })

  it('may be several', () => {
    const { status, headers, body } = get('bytes=0-1,3-4')
    const boundary = /^multipart\/byteranges; boundary=(.+)$/.exec(headers['Content-Type']!)![1]
    expect([status, Number(headers['Content-Length'])]).toEqual([206, body.length])
    expect(body.split(`--${boundary}`)).toEqual([
      '',
      '\r\nContent-Range: bytes 0-1/10\r\nContent-Type: x/y\r\n\r\n01\r\n',
      '\r\nContent-Range: bytes 3-4/10\r\nContent-Type: x/y\r\n\r\n34\r\n',
      '--\r\n',
    ])
  })

  it('never gives anything but the bytes it names', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(12), (from, to) => {
        const { status, body } = get(`bytes=${from}-${to}`)
        expect(status === 206 ? body : '').toBe(from <= to ? '0123456789'.slice(from, to + 1) : '')
      }),
    )
  })
})
