import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { Catalog } from '../../../src/programs/catalog.ts'
import type { Machine } from '../../../src/programs/machine.ts'
import { network } from '../../../src/programs/net/index.ts'
import { services } from '../../../src/programs/services/index.ts'
import { Network } from '../network.ts'
import { feed, machineOf, NOW, PROGRAMS, rootOf, spawn } from '../programs.ts'

const ALL = [...PROGRAMS, ...network, ...services]
const boxed = () => machineOf({ fs: rootOf(ALL), catalog: new Catalog(ALL) })

/** The output of a program beside a machine named `web` that runs nginx. */
function beside(argv: readonly string[], seconds = 0, prepare?: (machine: Machine) => void): string[] {
  const [client, web] = [boxed(), boxed()]
  const net = new Network({ client, web })
  spawn(web, ['nginx'])
  net.settle(NOW, 'web')
  spawn(client, argv, { stdin: true })
  prepare?.(client)
  const shown = net.settle(NOW, 'client')
  for (let second = 1; second <= seconds; second++) shown.push(...net.settle(NOW + second * SECOND, 'client'))
  return shown
}

const text = (lines: readonly string[]) =>
  lines
    .filter((line) => !line.startsWith('exit'))
    .map((line) => line.slice(2))
    .join('')

describe('wget', () => {
  it('fetches to standard output in silence', () => {
    const shown = beside(['wget', '-qO-', 'http://web/'])
    expect(text(shown)).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\n$/)
    expect(shown.at(-1)).toBe('exit main 0')
  })

  it('tells what it does', () => {
    expect(text(beside(['wget', 'web:80']))).toBe(
      'Connecting to web (10.0.0.2:80)\n' +
        "saving to 'index.html'\n" +
        `index.html           100% |${'*'.repeat(32)}|   615  0:00:00 ETA\n` +
        "'index.html' saved\n",
    )
  })

  it.each([
    [['wget', '-q', 'http://web/no'], 'wget: server returned error: HTTP/1.1 404 Not Found\n'],
    [['wget', '-q', 'http://nosuch/'], "wget: bad address 'nosuch'\n"],
    [['wget', '-q', 'http://web:81/'], "wget: can't connect to remote host (10.0.0.2): Connection refused\n"],
    [['wget', '-q', 'http://10.9.9.9/'], "wget: can't connect to remote host (10.9.9.9): No route to host\n"],
    [['wget', '-q', 'ftp://web/'], 'wget: not an http or ftp url: ftp://web/\n'],
  ])('%j fails', (argv, words) => {
    const shown = beside(argv)
    expect(text(shown)).toBe(words)
    expect(shown.at(-1)).toBe('exit main 1')
  })

  it('only looks with --spider', () => {
    expect(text(beside(['wget', '--spider', 'http://web/']))).toBe(
      'Connecting to web (10.0.0.2:80)\nremote file exists\n',
    )
  })
})

describe('curl', () => {
  it.each([
    [['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}\\n', 'http://web/'], '200\n', 0],
    [['curl', '-fsS', 'http://web/no'], 'curl: (22) The requested URL returned error: 404\n', 22],
    [['curl', '-sS', 'http://nosuch/'], 'curl: (6) Could not resolve host: nosuch\n', 6],
    [
      ['curl', '-sS', 'http://web:81/'],
      'curl: (7) Failed to connect to web port 81 after 0 ms: Could not connect to server\n',
      7,
    ],
    [['curl', '-s', 'http://nosuch/'], '', 6],
    [['curl', '--nope'], "curl: option --nope: is unknown\ncurl: try 'curl --help' for more information\n", 2],
  ])('%j', (argv, words, code) => {
    const shown = beside(argv)
    expect(text(shown)).toBe(words)
    expect(shown.at(-1)).toBe(`exit main ${code}`)
  })

  it('shows heads', () => {
    expect(text(beside(['curl', '-sI', 'http://web/']))).toMatch(/^HTTP\/1.1 200 OK\r\nServer: nginx\/[\s\S]*\r\n\r\n$/)
  })
})

describe('ping', () => {
  it('counts', () => {
    expect(text(beside(['ping', '-c', '2', 'web'], 1))).toBe(
      'PING web (10.0.0.2): 56 data bytes\n' +
        '64 bytes from 10.0.0.2: seq=0 ttl=64 time=0.050 ms\n' +
        '64 bytes from 10.0.0.2: seq=1 ttl=64 time=0.050 ms\n' +
        '\n--- web ping statistics ---\n2 packets transmitted, 2 packets received, 0% packet loss\n' +
        'round-trip min/avg/max = 0.050/0.050/0.050 ms\n',
    )
  })

  it('fails when nobody answers', () => {
    const shown = beside(['ping', '-c1', '-W1', '10.9.9.9'], 1)
    expect(text(shown)).toContain('1 packets transmitted, 0 packets received, 100% packet loss\n')
    expect(shown.at(-1)).toBe('exit main 1')
    expect(text(beside(['ping', 'nosuch']))).toBe("ping: bad address 'nosuch'\n")
  })
})

describe('nc', () => {
  it.each([
    [['nc', '-vz', '-w', '1', 'web', '80'], 'web (10.0.0.2:80) open\n', 0],
    [['nc', '-vz', 'web', '81'], 'nc: web (10.0.0.2:81): Connection refused\n', 1],
    [['nc', '-z', 'localhost', '81'], 'nc: localhost (127.0.0.1:81): Connection refused\n', 1],
  ])('%j', (argv, words, code) => {
    const shown = beside(argv)
    expect(text(shown)).toBe(words)
    expect(shown.at(-1)).toBe(`exit main ${code}`)
  })

  it('carries what is typed', () => {
    const shown = beside(['nc', 'web', '80'], 0, (machine) => {
      feed(machine, 'GET /no HTTP/1.0\n\n')
      machine.hangup('main')
    })
    expect(text(shown)).toMatch(/^HTTP\/1.1 404 Not Found\r\n/)
    expect(shown.at(-1)).toBe('exit main 0')
  })

  it('speaks between two machines', () => {
    const [a, b] = [boxed(), boxed()]
    const net = new Network({ a, b })
    spawn(b, ['nc', '-l', '-p', '7'], { stdin: true })
    net.settle(NOW, 'b')
    spawn(a, ['nc', 'b', '7'], { stdin: true })
    net.settle(NOW, 'a')
    feed(a, 'to b\n')
    expect(net.settle(NOW, 'b').at(-1)).toBe('1:to b\n')
    feed(b, 'to a\n')
    expect(net.settle(NOW, 'a')).toEqual(['1:to a\n'])
    a.signal('main', 9)
    expect(net.settle(NOW, 'b')).toEqual(['exit main 0'])
  })
})

describe('nslookup', () => {
  it('answers and refuses', () => {
    expect(text(beside(['nslookup', 'web']))).toBe(
      'Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\nNon-authoritative answer:\nName:\tweb\nAddress: 10.0.0.2\n\n',
    )
    expect(beside(['nslookup', 'nosuch']).at(-1)).toBe('exit main 1')
  })
})
