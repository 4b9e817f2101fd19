import { extract as extractStream, type Header, pack as packStream } from 'tar-stream'
import type { TarMember } from './transcript.ts'

/** The modification time that every tar of the recordings carried. */
const MTIME = new Date(1_700_000_000_000)

const TYPES: Readonly<Record<string, Header['type']>> = {
  '0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character-device',
  '4': 'block-device',
  '5': 'directory',
  '6': 'fifo',
}
const FLAGS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TYPES).map(([flag, type]) => [type, flag]),
)

/** The tar that a recorded request carried. */
export async function pack(members: readonly TarMember[]): Promise<Uint8Array> {
  const stream = packStream()
  for (const { name, type, mode, uid, gid, text, link } of members) {
    const header = { name, type: TYPES[type]!, mode: Number.parseInt(mode.slice(2), 8), uid, gid, mtime: MTIME }
    if (link !== undefined) stream.entry({ ...header, linkname: link })
    else if (type === '0') stream.entry(header, Buffer.from(text ?? '', 'latin1'))
    else stream.entry(header)
  }
  stream.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

/** The members of a tar, as the recorder noted them; nothing where it is no tar. */
export async function list(bytes: Uint8Array): Promise<TarMember[] | undefined> {
  const members: TarMember[] = []
  const stream = extractStream()
  stream.end(Buffer.from(bytes))
  try {
    for await (const entry of stream) {
      const { name, type, mode, uid, gid, size, linkname } = entry.header
      const chunks: Uint8Array[] = []
      for await (const chunk of entry) chunks.push(chunk as Uint8Array)
      members.push({
        name: name.replace(/(.)\/$/, '$1'),
        type: FLAGS[type ?? 'file'] ?? '?',
        mode: `0o${((mode ?? 0) & 0o7777).toString(8)}`,
        uid: uid ?? 0,
        gid: gid ?? 0,
        size: size ?? 0,
        ...(type === 'file' ? { text: Buffer.concat(chunks).toString('latin1') } : {}),
        ...(linkname ? { link: linkname } : {}),
      })
    }
  } catch {
    return undefined
  }
  return members
}
