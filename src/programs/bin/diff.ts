import { type Inode, isDirectory } from '../../storage/inode.ts'
import { decode } from '../text/codec.ts'
import { formatTime } from '../text/format-time.ts'
import type { Call } from './call.ts'
import { type Edit, editsOf } from './diff-edits.ts'
import { baseName, joined } from './paths.ts'
import { tool, usage } from './tool.ts'

const LINE = 'diff [-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2'

interface Side {
  readonly path: string
  readonly lines: readonly string[]
  /** The last line has no newline. */
  readonly open: boolean
  readonly mtime: bigint
}

function read(call: Call<undefined>, path: string): Side | undefined {
  const node = path === '-' ? undefined : call.files.lookup(path, call.here)
  if (!node && call.has('N') && path !== '-') return { path, lines: [], open: false, mtime: 0n }
  const bytes =
    path === '-' ? stdin(call) : call.attempt(() => call.files.readFile(call.caller, path, call.here), undefined, path)
  if (!bytes) return undefined
  const text = decode(bytes)
  const lines = text.split('\n')
  const open = lines.at(-1) !== ''
  if (!open) lines.pop()
  return { path, lines, open, mtime: node?.mtime ?? call.kernel.time }
}

function stdin({ kernel, process }: Call<undefined>): Uint8Array {
  const chunks: number[] = []
  for (let bytes = kernel.read(process, 0); bytes && bytes.length > 0; bytes = kernel.read(process, 0))
    chunks.push(...bytes)
  return new Uint8Array(chunks)
}

function normal(call: Call<undefined>, line: string): string {
  let text = line
  if (call.has('i')) text = text.toLowerCase()
  if (call.has('w')) text = text.replace(/\s+/g, '')
  else if (call.has('b')) text = text.replace(/\s+/g, ' ').trimEnd()
  return text
}

function compareFiles(call: Call<undefined>, left: string, right: string, shown: string): number {
  const [a, b] = [read(call, left), read(call, right)]
  if (!a || !b) return 2
  const key = (side: Side) =>
    side.lines.map((line, at) => normal(call, line) + (side.open && at === side.lines.length - 1 ? '\0' : ''))
  let edits = editsOf(key(a), key(b))
  if (call.has('B')) edits = edits.filter((edit) => inked(a, b, edit))
  if (edits.length === 0) {
    if (call.has('s')) call.out(`Files ${left} and ${right} are identical\n`)
    return 0
  }
  if (call.has('q')) call.out(`Files ${left} and ${right} differ\n`)
  else unified(call, a, b, edits, shown)
  return 1
}

const inked = (a: Side, b: Side, { from, to, otherFrom, otherTo }: Edit) =>
  [...a.lines.slice(from, to), ...b.lines.slice(otherFrom, otherTo)].some((line) => line.trim() !== '')

function unified(call: Call<undefined>, a: Side, b: Side, edits: readonly Edit[], shown: string): void {
  const labels = call.values('L')
  const stamp = ({ mtime }: Side) => {
    const at = Number(mtime / 1000n)
    return `${formatTime('%Y-%m-%d %H:%M:%S', at)}.${String(mtime % 1_000_000_000n).padStart(9, '0')} ${formatTime('%z', at)}`
  }
  const label = (side: Side, index: number) => labels[index] ?? `${side.path}\t${stamp(side)}`
  const context = Number(call.value('U') ?? 3)
  call.out(`${labels.length > 0 ? '' : shown}--- ${label(a, 0)}\n+++ ${label(b, 1)}\n`)
  for (const group of groups(edits, context)) hunk(call, a, b, group, context)
}

/** Edits whose context touches go into one hunk. */
function groups(edits: readonly Edit[], context: number): Edit[][] {
  const all: Edit[][] = []
  for (const edit of edits) {
    const last = all.at(-1)?.at(-1)
    if (last && edit.from - last.to <= 2 * context) all.at(-1)!.push(edit)
    else all.push([edit])
  }
  return all
}

function hunk(call: Call<undefined>, a: Side, b: Side, edits: readonly Edit[], context: number): void {
  const first = edits[0]!
  const last = edits.at(-1)!
  const start = Math.max(0, first.from - context)
  const end = Math.min(a.lines.length, last.to + context)
  const otherStart = Math.max(0, first.otherFrom - context)
  const otherEnd = Math.min(b.lines.length, last.otherTo + context)
  call.out(`@@ -${span(start, end)} +${span(otherStart, otherEnd)} @@\n`)
  let at = start
  const show = (mark: string, side: Side, index: number) => {
    call.out(`${mark}${side.lines[index]}\n`)
    if (side.open && index === side.lines.length - 1) call.out('\\ No newline at end of file\n')
  }
  for (const edit of edits) {
    for (; at < edit.from; at++) show(' ', a, at)
    for (; at < edit.to; at++) show('-', a, at)
    for (let index = edit.otherFrom; index < edit.otherTo; index++) show('+', b, index)
  }
  for (; at < end; at++) show(' ', a, at)
}

function span(start: number, end: number): string {
  const count = end - start
  const line = count === 0 ? start : start + 1
  return count === 1 ? String(line) : `${line},${count}`
}

const nodeAt = (call: Call<undefined>, path: string): Inode | undefined =>
  path === '-' ? undefined : call.files.lookup(path, call.here)

function compareTrees(call: Call<undefined>, left: string, right: string, options: string): number {
  const names = (path: string) => call.attempt(() => call.files.readdir(call.caller, path, call.here)) ?? []
  const all = [...new Set([...names(left), ...names(right)])].sort()
  let code = 0
  for (const name of all) code = Math.max(code, comparePair(call, left, right, name, options))
  return code
}

function comparePair(call: Call<undefined>, left: string, right: string, name: string, options: string): number {
  const [a, b] = [joined(left, name), joined(right, name)]
  const [x, y] = [nodeAt(call, a), nodeAt(call, b)]
  if ((!x || !y) && !call.has('N')) {
    call.out(`Only in ${x ? left : right}: ${name}\n`)
    return 1
  }
  const directories = [x, y].filter((node) => node && isDirectory(node)).length
  if (directories === 2) {
    if (call.has('r')) return compareTrees(call, a, b, options)
    call.out(`Common subdirectories: ${a} and ${b}\n`)
    return 0
  }
  if (directories === 1) {
    const [one, other] = x && isDirectory(x) ? ['directory', 'regular file'] : ['regular file', 'directory']
    call.out(`File ${a} is a ${one} while file ${b} is a ${other}\n`)
    return 1
  }
  return compareFiles(call, a, b, `diff ${options}${a} ${b}\n`)
}

export const diff = tool({
  name: 'diff',
  short: 'abBdiNqrTstwuL:S:U:',
  long: { unified: 'u', brief: 'q', recursive: 'r', 'new-file': 'N', 'label:': 'L' },
  usage: LINE,
  run(call) {
    const [left, right] = call.operands
    if (left === undefined || right === undefined || call.operands.length > 2) {
      usage(call, LINE)
      return 1
    }
    const [x, y] = [nodeAt(call, left), nodeAt(call, right)]
    for (const [path, node] of [
      [left, x],
      [right, y],
    ] as const)
      if (!node && path !== '-' && !call.has('N')) {
        call.fail(`can't stat '${path}': No such file or directory`, 2)
        return 2
      }
    if (x && y && isDirectory(x) && isDirectory(y)) {
      const options = call.process.argv
        .slice(1, -2)
        .map((word) => `${word} `)
        .join('')
      return compareTrees(call, left, right, options)
    }
    const into = (path: string, node: Inode | undefined, other: string) =>
      node && isDirectory(node) ? joined(path, baseName(other)) : path
    return compareFiles(call, into(left, x, right), into(right, y, left), '')
  },
})
