import { FileError } from '../../storage/file-error.ts'
import { text } from './bytes.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import type { Wait } from './program.ts'

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$|^[0-9a-f:]*:[0-9a-f:]*$/i

/** gethostbyname, in steps: `progress` remembers the question that is out. No addresses: there is no such name. */
export function lookupHost(
  kernel: Kernel,
  process: Process,
  name: string,
  progress: { query?: number },
): { readonly wait: Wait } | { readonly addresses: readonly string[] } {
  if (ADDRESS.test(name)) return { addresses: [name] }
  if (progress.query === undefined) {
    const known = hosts(kernel, process).filter(({ names }) => names.includes(name.toLowerCase()))
    if (known.length > 0) return { addresses: known.map(({ address }) => address) }
    if (name.toLowerCase() === 'localhost') return { addresses: ['127.0.0.1'] }
    progress.query = kernel.ask({ ask: 'resolve', name })
  }
  const answer = kernel.answer(progress.query)
  if (!answer) return { wait: { type: 'answer', query: progress.query } }
  delete progress.query
  return { addresses: answer.addresses ?? [] }
}

/** The rows of /etc/hosts with addresses of version 4 first, as busybox takes them. */
function hosts(kernel: Kernel, process: Process): { address: string; names: string[] }[] {
  return read(kernel, process, '/etc/hosts')
    .split('\n')
    .flatMap((line) => {
      const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
      return address && names.length > 0 ? [{ address, names: names.map((name) => name.toLowerCase()) }] : []
    })
    .sort((a, b) => Number(a.address.includes(':')) - Number(b.address.includes(':')))
}

function read(kernel: Kernel, process: Process, path: string): string {
  try {
    return text(kernel.namespace.readFile({ ...kernel.caller(process), uid: 0 }, path))
  } catch (error) {
    if (error instanceof FileError) return ''
    throw error
  }
}
