import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import type { Named, PackageTable } from '../package.ts'

export const READING = 'Reading package lists...\n'

export const STATE = `${READING}Building dependency tree...\nReading state information...\n`

export interface Run {
  readonly call: Asking
  readonly line: Line
  readonly table: PackageTable
}

/** `-q` leaves out the dots, `-qq` everything. */
export function tell({ call, line }: Run, text: string): void {
  if (!line.has('--quiet') && !call.process.argv.some((arg) => /^-q(q|=2)/.test(arg))) call.out(text)
}

export const counts = (fresh: number, gone: number) =>
  `0 upgraded, ${fresh} newly installed, ${gone} to remove and 0 not upgraded.\n`

/** Nobody is there to say yes; `-qq` takes it for granted. */
export function agreed({ call, line }: Run): boolean {
  if (line.has('-y', '--yes', '--assume-yes') || call.process.argv.some((arg) => /^-([a-z]*y|qq)/.test(arg)))
    return true
  call.out('Do you want to continue? [Y/n] Abort.\n')
  return false
}

export const sizeOf = (packages: readonly Named[]) => packages.reduce((sum, { size }) => sum + size, 0)

export function kilobytes(bytes: number): string {
  const kilo = bytes / 1000
  if (kilo < 10_000) return `${grouped(Math.round(kilo))} kB`
  return `${kilo < 100_000 ? (kilo / 1000).toFixed(1) : grouped(Math.round(kilo / 1000))} MB`
}

/** `4,711` */
const grouped = (number: number) => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** Names in lines of at most 79 characters. */
export function wrapped(packages: readonly { readonly name: string }[]): string {
  let line = ' '
  let text = ''
  for (const { name } of [...packages].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (line.length + name.length + 1 > 79) {
      text += `${line}\n`
      line = ' '
    }
    line += ` ${name}`
  }
  return `${text}${line}\n`
}
