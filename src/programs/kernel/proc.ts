import { utf8 } from './bytes.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'

/** The content of a file of /proc at this moment; undefined when there is none of that name. */
export function procText(kernel: Kernel, process: Process, path: string): Uint8Array | undefined {
  void kernel
  void process
  void path
  return undefined
}
void utf8
