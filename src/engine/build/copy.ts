import { sha256 } from '#sha256'
import { Problem } from '../../core/problem.ts'
import { type Caller, root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { compressionOf, decompress } from '../../storage/gzip/decompress.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink } from '../../storage/inode.ts'
import { applyLayer } from '../../storage/layer.ts'
import { joinedPath } from './config-instruction.ts'
import { sourcesOf } from './copy-sources.ts'

export interface CopyRequest {
  readonly keyword: 'ADD' | 'COPY'
  readonly sources: readonly string[]
  readonly destination: string
  readonly workingDir: string
  readonly owner: { readonly uid: number; readonly gid: number }
  /** Permission bits, or undefined to keep those of the source. */
  readonly mode: number | undefined
  /** Sources are of another stage or image. */
  readonly fromImage: boolean
}

export interface Copied {
  readonly snapshot: Snapshot
  /** `file:…`, `dir:…` or `multi:…`: what the history and the cache know the sources by. */
  readonly hash: string
}

/** What COPY and ADD make of a file system. */
export function copyInto(base: Snapshot, from: Snapshot, request: CopyRequest, now: bigint): Copied {
  const source = new FileSystem(from)
  const target = new FileSystem(base)
  const paths = request.sources.flatMap((one) => sourcesOf(request.keyword, source, one, request.fromImage))
  if (paths.length === 0) throw new Problem('System', `${request.keyword} failed: no source files were specified`)
  const into = joinedPath(request.workingDir || '/', request.destination)
  const directory =
    request.destination.endsWith('/') || request.destination === '.' || paths.length > 1 || isExisting(target, into)
  if (paths.length > 1 && !request.destination.endsWith('/') && request.destination !== '.')
    throw new Problem(
      'System',
      `When using ${request.keyword} with more than one source file, the destination must be a directory and end with a /`,
    )
  const caller = root(now, 0)
  for (const path of paths) place(source, target, path, directory, into, request, caller)
  return { snapshot: target.snapshot(), hash: hashOf(source, paths) }
}

function isExisting(files: FileSystem, path: string): boolean {
  const node = files.lookup(path)
  return node !== undefined && isDirectory(node)
}

function place(
  source: FileSystem,
  target: FileSystem,
  path: string,
  directory: boolean,
  into: string,
  request: CopyRequest,
  caller: Caller,
): void {
  const node = source.need(`/${path}`)
  if (isDirectory(node)) return tree(source, target, `/${path}`, into, request, caller)
  if (request.keyword === 'ADD' && isFile(node) && isArchive(contents(node)))
    return unpacked(target, contents(node), into, caller)
  const name = path.slice(path.lastIndexOf('/') + 1)
  file(source, target, `/${path}`, directory ? `${into === '/' ? '' : into}/${name}` : into, request, caller)
}

/** A tar, plain or compressed, is unpacked by ADD. */
function isArchive(bytes: Uint8Array): boolean {
  if (compressionOf(bytes) === 'none')
    return bytes.length >= 512 && String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar'
  try {
    const plain = decompress(bytes)
    return plain.length >= 512 && String.fromCharCode(...plain.subarray(257, 262)) === 'ustar'
  } catch {
    return false
  }
}

function unpacked(target: FileSystem, archive: Uint8Array, into: string, caller: Caller): void {
  const inner = new FileSystem()
  applyLayer(inner, decompress(archive))
  const keep = { owner: undefined, mode: undefined }
  target.mkdirp(caller, into, 0o755)
  for (const name of inner.readdir('/'))
    entry(inner, target, `/${name}`, `${into === '/' ? '' : into}/${name}`, keep, caller)
}

interface Attributes {
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  readonly mode: number | undefined
}

function tree(
  source: FileSystem,
  target: FileSystem,
  from: string,
  to: string,
  attributes: Attributes,
  caller: Caller,
): void {
  parents(target, to, attributes, caller)
  if (!target.lookup(to)) makeDirectory(target, to, attributes, caller)
  for (const name of source.readdir(from))
    entry(source, target, `${from === '/' ? '' : from}/${name}`, `${to === '/' ? '' : to}/${name}`, attributes, caller)
}

function entry(
  source: FileSystem,
  target: FileSystem,
  from: string,
  to: string,
  attributes: Attributes,
  caller: Caller,
): void {
  const node = source.need(from, { follow: false })
  if (!isDirectory(node)) return file(source, target, from, to, attributes, caller)
  const there = target.lookup(to, { follow: false })
  if (there && !isDirectory(there)) target.removeAll(caller, to)
  if (!there || !isDirectory(there)) target.mkdir(caller, to, node.mode & 0o7777)
  for (const name of source.readdir(from)) entry(source, target, `${from}/${name}`, `${to}/${name}`, attributes, caller)
  dress(target, to, node, attributes, caller)
}

function file(
  source: FileSystem,
  target: FileSystem,
  from: string,
  to: string,
  attributes: Attributes,
  caller: Caller,
): void {
  const node = source.need(from, { follow: false })
  parents(target, to, attributes, caller)
  target.removeAll(caller, to)
  if (isSymlink(node)) target.symlink(caller, node.target, to)
  else {
    const { ino } = target.writeFile(caller, to, '', node.mode & 0o777)
    target.adopt(caller, ino, isFile(node) ? contents(node) : new Uint8Array())
  }
  dress(target, to, node, attributes, caller)
}

function parents(target: FileSystem, path: string, attributes: Attributes, caller: Caller): void {
  const above = path.slice(0, path.lastIndexOf('/'))
  if (above === '' || target.lookup(above)) return
  parents(target, above, attributes, caller)
  makeDirectory(target, above, attributes, caller)
}

function makeDirectory(target: FileSystem, path: string, { owner }: Attributes, caller: Caller): void {
  const { ino } = target.mkdir(caller, path, 0o755)
  if (owner) target.chown(caller, ino, owner.uid, owner.gid)
}

function dress(target: FileSystem, path: string, node: Inode, { owner, mode }: Attributes, caller: Caller): void {
  const { ino } = target.need(path, { follow: false })
  target.chown(caller, ino, owner?.uid ?? node.uid, owner?.gid ?? node.gid)
  if (!isSymlink(node)) target.chmod(caller, ino, mode ?? node.mode & 0o7777)
  target.utimes(caller, ino, node.mtime, node.mtime)
}

/** By names, modes and contents; times do not count. */
function hashOf(files: FileSystem, paths: readonly string[]): string {
  const hash = sha256(...paths.flatMap((path) => parts(files, `/${path}`, '')))
  const kind = paths.length > 1 ? 'multi' : isDirectory(files.need(`/${paths[0]}`)) ? 'dir' : 'file'
  return `${kind}:${hash}`
}

function parts(files: FileSystem, path: string, name: string): (string | Uint8Array)[] {
  const node = files.need(path, { follow: name === '' })
  const head = `\0${name}\0${node.mode.toString(8)}\0${node.target}\0`
  if (isFile(node)) return [head, contents(node)]
  if (!isDirectory(node)) return [head]
  return [
    head,
    ...files.readdir(path).flatMap((child) => parts(files, `${path === '/' ? '' : path}/${child}`, `${name}/${child}`)),
  ]
}
