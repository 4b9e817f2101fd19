import { gunzip } from '../../storage/gzip/gunzip.ts'
import { gzip } from '../../storage/gzip/gzip.ts'
import { isDirectory } from '../../storage/inode.ts'
import { joinBytes } from '../../storage/join-bytes.ts'
import { members } from '../../storage/tar/decode.ts'
import { encode } from '../../storage/tar/encode.ts'
import { MemberWriter } from '../../storage/tar/member.ts'
import type { TarEntry } from '../../storage/tar/tar-entry.ts'
import { groupOf, userOf } from '../accounts.ts'
import { NO_BYTES } from '../kernel/bytes.ts'
import { decode } from '../text/codec.ts'
import { formatTime } from '../text/format-time.ts'
import { matches } from '../text/pattern.ts'
import type { Call } from './call.ts'
import { modeText } from './mode.ts'
import { joined } from './paths.ts'
import { type Member, putMember } from './tar-extract.ts'
import { tool, usage } from './tool.ts'

interface Tar {
  chunks: Uint8Array[]
}

const LINE = 'tar c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...'

/** The old way to write options, without a dash: `tar xzf`. */
function dashed(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words
  if (first === undefined || first.startsWith('-')) return words
  const values = [...first].filter((letter) => 'fCTX'.includes(letter))
  const plain = [...first].filter((letter) => !'fCTX'.includes(letter)).join('')
  const given = values.flatMap((letter) => [`-${letter}`, rest.shift() ?? ''])
  return [...(plain === '' ? [] : [`-${plain}`]), ...given, ...rest]
}

function archiveBytes(call: Call<Tar>): Uint8Array | undefined {
  const { kernel, process, data } = call
  const path = call.value('f') ?? '-'
  if (path !== '-')
    return call.attempt(
      () => call.files.readFile(call.caller, path, call.here),
      (name, why) => `can't open '${name}': ${why}`,
      path,
    )
  for (;;) {
    const bytes = kernel.read(process, 0)
    if (bytes === null) {
      call.pause({ type: 'read', fd: 0 })
      return undefined
    }
    if (bytes.length === 0) return data.chunks.length > 0 ? joinBytes(data.chunks) : NO_BYTES
    data.chunks.push(bytes.slice())
  }
}

function entriesOf(call: Call<Tar>, bytes: Uint8Array): TarEntry[] | undefined {
  try {
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
    if (bytes.length === 0) throw new Error('short')
    return [...members(packed ? gunzip(bytes) : bytes)]
  } catch {
    call.fail(bytes.length === 0 ? 'short read' : 'invalid tar magic')
    return undefined
  }
}

const wanted = (call: Call<Tar>, name: string): boolean => {
  const clean = name.replace(/\/$/, '')
  if (excluded(call, clean)) return false
  return (
    call.operands.length === 0 ||
    call.operands.some(
      (operand) => clean === operand.replace(/\/$/, '') || clean.startsWith(`${operand.replace(/\/$/, '')}/`),
    )
  )
}

const excluded = (call: Call<Tar>, name: string): boolean =>
  call
    .values('exclude')
    .some((pattern) => matches(pattern, name) || name.split('/').some((part) => matches(pattern, part)))

function show(call: Call<Tar>, entry: TarEntry): void {
  if (!call.has('v')) return call.out(`${entry.name}\n`)
  const kinds: Readonly<Record<string, number>> = {
    '5': 0o040000,
    '2': 0o120000,
    '3': 0o020000,
    '4': 0o060000,
    '6': 0o010000,
  }
  const owner = `${entry.uname || (userOf(call.kernel, call.process, entry.uid)?.name ?? entry.uid)}/${entry.gname || (groupOf(call.kernel, call.process, entry.gid)?.name ?? entry.gid)}`
  const time = formatTime('%Y-%m-%d %H:%M:%S', Number(entry.mtime / 1000n))
  const link = entry.type === '2' || entry.type === '1' ? ` -> ${entry.linkname}` : ''
  call.out(
    `${modeText(entry.mode | (kinds[entry.type] ?? 0o100000))} ${owner} ${String(entry.body.length).padStart(9)} ${time} ${entry.name}${link}\n`,
  )
}

function extract(call: Call<Tar>, entries: readonly TarEntry[]): void {
  const strip = Number(call.value('strip') ?? 0)
  const dated: Member[] = []
  for (const entry of entries) {
    if (!wanted(call, entry.name)) continue
    const name = entry.name.replace(/^\/+/, '').split('/').slice(strip).join('/').replace(/\/$/, '')
    if (call.has('v'))
      call.has('O') ? call.kernel.puts(call.process, 2, `${entry.name}\n`) : call.out(`${entry.name}\n`)
    if (call.has('O')) {
      if (entry.type === '0' || entry.type === '\0') call.out(entry.body.slice())
      continue
    }
    if (name === '' || name === '.') continue
    if (name.split('/').includes('..')) {
      call.fail(`name with '..' skipped: '${entry.name}'`)
      continue
    }
    const made = putMember(call, entry, name, strip)
    if (made) dated.push(made)
  }
  // Directories get their times when all is in them.
  for (const { path, entry } of dated.reverse())
    call.attempt(() => call.files.utimes(call.caller, path, entry.mtime, entry.mtime, call.here))
}

function collect(call: Call<Tar>, writer: MemberWriter, path: string, entries: TarEntry[]): void {
  const { files, caller, here, there } = call
  const at = call.attempt(() => files.need(path, call.has('h') ? here : there, caller), undefined, path)
  if (!at) return
  if (excluded(call, path)) return
  const node = files.inode(at)
  const name = path.replace(/^\/+/, '').replace(/\/+$/, '') || '.'
  const entry = writer.member(node, name, `${files.fsIdOf(at)} ${at.ino}`)
  if (entry) entries.push(named(call, entry))
  if (call.has('v'))
    call.value('f') === '-' || !call.has('f')
      ? call.kernel.puts(call.process, 2, `${entry?.name ?? name}\n`)
      : call.out(`${entry?.name ?? name}\n`)
  if (!isDirectory(node)) return
  for (const child of call.attempt(() => files.readdir(caller, path, here)) ?? [])
    collect(call, writer, joined(path, child), entries)
}

const named = (call: Call<Tar>, entry: TarEntry): TarEntry => ({
  ...entry,
  uname: userOf(call.kernel, call.process, entry.uid)?.name ?? '',
  gname: groupOf(call.kernel, call.process, entry.gid)?.name ?? '',
})

function create(call: Call<Tar>): void {
  const listed = call.values('T').flatMap((path) => {
    const bytes = call.attempt(() => call.files.readFile(call.caller, path, call.here))
    return bytes
      ? decode(bytes)
          .split('\n')
          .filter((line) => line !== '')
      : []
  })
  const names = [...call.operands, ...listed]
  if (names.length === 0) return call.fail('empty archive')
  const writer = new MemberWriter()
  const entries: TarEntry[] = []
  const output = call.value('f') ?? '-'
  const origin = call.process.cwd
  enter(call)
  for (const name of names) {
    if (name.startsWith('/')) call.kernel.puts(call.process, 2, "tar: removing leading '/' from member names\n")
    collect(call, writer, name, entries)
  }
  call.process.cwd = origin
  const bytes = encode(entries)
  const packed = call.has('z') || (call.has('a') && /\.t?gz$/.test(output)) ? gzip(bytes) : bytes
  if (output === '-') call.out(packed)
  else
    call.attempt(
      () => call.files.writeFile(call.caller, output, packed, 0o666, call.here),
      (path, why) => `can't open '${path}': ${why}`,
      output,
    )
}

/** `-C` */
function enter(call: Call<Tar>): boolean {
  const directory = call.value('C')
  if (directory === undefined) return true
  return (
    call.attempt(
      () => (call.kernel.chdir(call.process, directory), true),
      (path, why) => `can't change directory to '${path}': ${why}`,
      directory,
    ) === true
  )
}

export const tar = tool<Tar>({
  name: 'tar',
  short: 'cxtZzJjahmvokOpf:C:T:X:',
  long: {
    'exclude:': 'exclude',
    'strip-components:': 'strip',
    create: 'c',
    extract: 'x',
    list: 't',
    gzip: 'z',
    'file:': 'f',
    'directory:': 'C',
    verbose: 'v',
    'no-same-owner': 'o',
    'numeric-owner': '',
    overwrite: '',
    'no-recursion': '',
    'same-permissions': 'p',
    'preserve-permissions': 'p',
    'no-same-permissions': '',
    dereference: 'h',
  },
  words: dashed,
  usage: LINE,
  data: () => ({ chunks: [] }),
  run(call) {
    if (call.has('c')) return create(call) as undefined
    if (!call.has('x') && !call.has('t')) {
      usage(call, LINE)
      return 1
    }
    const bytes = archiveBytes(call)
    const entries = bytes && entriesOf(call, bytes)
    if (!entries) return undefined
    if (call.has('t')) for (const entry of entries.filter(({ name }) => wanted(call, name))) show(call, entry)
    else if (enter(call)) extract(call, entries)
    for (const operand of call.operands)
      if (
        !entries.some(
          ({ name }) =>
            name.replace(/\/$/, '') === operand.replace(/\/$/, '') || name.startsWith(`${operand.replace(/\/$/, '')}/`),
        )
      )
        call.fail(`${operand}: not found in archive`)
    return undefined
  },
})
