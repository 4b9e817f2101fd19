import { joinBytes } from '../../../../storage/join-bytes.ts'
import { decodeBytes } from '../../../text/codec.ts'
import type { Call } from '../../call.ts'
import { takeRecord } from '../record/take.ts'
import { textOfBytes } from './bytes.ts'
import type { Awk, Got, Reader } from './state.ts'

/** `getline < file` */
export function nextFileRecord(call: Call<Awk>, name: string): Got {
  const awk = call.data
  const reader = awk.files.get(name) ?? openReader(call, name)
  if (!reader) return 'error'
  const record = takeRecord(awk, reader)
  return record === undefined ? 'end' : { record }
}

function openReader(call: Call<Awk>, name: string): Reader | undefined {
  try {
    const reader = { buffer: decodeBytes(readWhole(call, textOfBytes(name))), ended: true }
    call.data.files.set(name, reader)
    return reader
  } catch {
    return undefined
  }
}

function readWhole(call: Call<Awk>, path: string): Uint8Array {
  if (!/^(\/dev\/|\/proc\/)/.test(path)) return call.files.readFile(call.caller, path, call.here)
  const { kernel, process } = call
  const fd = kernel.addfd(process, kernel.open(process, path, 'r'), 3)
  const chunks: Uint8Array[] = []
  for (let bytes = kernel.read(process, fd); bytes && bytes.length > 0; bytes = kernel.read(process, fd))
    chunks.push(bytes)
  kernel.close(process, fd)
  return joinBytes(chunks)
}
