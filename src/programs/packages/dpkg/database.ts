import type { Asking } from '../asking.ts'
import { linesAt, put, takeAway, textAt } from '../files.ts'
import type { Named } from '../package.ts'

/** A package that is installed. */
export interface Unpacked {
  readonly name: string
  readonly version: string
  readonly description: string
  /** KiB. */
  readonly size: number
  readonly depends: readonly string[]
  /** Nobody asked for it by name. */
  readonly automatic: boolean
}

const STATUS = '/var/lib/dpkg/status'
const AUTOMATIC = '/var/lib/apt/extended_states'
const listPath = (name: string) => `/var/lib/dpkg/info/${name}.list`

/** What every base image has, as far as people look for it. */
const BASE: readonly (readonly [name: string, version: string, size: number, description: string])[] = [
  ['apt', '2.6.1', 4232, 'commandline package manager'],
  ['base-files', '12.4+deb12u8', 346, 'Debian base system miscellaneous files'],
  ['bash', '5.2.15-2+b7', 7164, 'GNU Bourne Again SHell'],
  ['coreutils', '9.1-1', 18_062, 'GNU core utilities'],
  ['dash', '0.5.12-2', 191, 'POSIX-compliant shell'],
  ['debconf', '1.5.82', 506, 'Debian configuration management system'],
  ['dpkg', '1.21.22', 6468, 'Debian package management system'],
  ['libc-bin', '2.36-9+deb12u9', 2041, 'GNU C Library: Binaries'],
  ['libc6', '2.36-9+deb12u9', 12_986, 'GNU C Library: Shared libraries'],
  ['perl-base', '5.36.0-7+deb12u1', 7654, 'minimal Perl system'],
  ['sed', '4.9-1', 987, 'GNU stream editor for filtering/transforming text'],
  ['tar', '1.34+dfsg-1.2+deb12u1', 3152, 'GNU version of the tar archiving utility'],
  ['tzdata', '2024b-0+deb12u1', 2559, 'time zone and daylight-saving time data'],
  ['zlib1g', '1:1.2.13.dfsg-1', 168, 'compression library - runtime'],
]

export function unpackedOf(call: Asking): Map<string, Unpacked> {
  const text = textAt(call, STATUS)
  const automatic = new Set(linesAt(call, AUTOMATIC).flatMap((line) => /^Package: (.*)$/.exec(line)?.[1] ?? []))
  const all = text === undefined ? base() : text.split('\n\n').flatMap((block) => read(block, automatic))
  return new Map(all.map((one) => [one.name, one]))
}

const base = (): Unpacked[] =>
  BASE.map(([name, version, size, description]) => ({
    name,
    version,
    size,
    description,
    depends: [],
    automatic: false,
  }))

function read(block: string, automatic: ReadonlySet<string>): Unpacked[] {
  const of = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(block)?.[1] ?? ''
  const name = of('Package')
  if (name === '') return []
  const depends = of('Depends') === '' ? [] : of('Depends').split(', ')
  const size = Number(of('Installed-Size'))
  return [
    { name, version: of('Version'), description: of('Description'), size, depends, automatic: automatic.has(name) },
  ]
}

export const unpacked = ({ name, version, description, size, depends }: Named, automatic: boolean): Unpacked => ({
  name,
  version,
  description,
  size: Math.round(size / 1024),
  depends,
  automatic,
})

export function saveUnpacked(call: Asking, all: ReadonlyMap<string, Unpacked>): void {
  const sorted = [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  put(call, STATUS, sorted.map((one) => `${stanza(one)}\n`).join(''))
  const automatic = sorted.filter((one) => one.automatic)
  put(
    call,
    AUTOMATIC,
    automatic.map(({ name }) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n\n`).join(''),
  )
}

/** As `dpkg -s` shows it. */
export function stanza({ name, version, description, size, depends }: Unpacked): string {
  const rows = [
    `Package: ${name}`,
    'Status: install ok installed',
    'Priority: optional',
    `Installed-Size: ${size}`,
    'Architecture: amd64',
    `Version: ${version}`,
    ...(depends.length > 0 ? [`Depends: ${depends.join(', ')}`] : []),
    `Description: ${description}`,
  ]
  return `${rows.join('\n')}\n`
}

/** The files of a package, with the directories above them, as `dpkg -L` shows them. */
export function saveList(call: Asking, name: string, files: readonly string[]): void {
  const above = files.flatMap((path) =>
    path
      .split('/')
      .slice(1, -1)
      .map((_, i, parts) => `/${parts.slice(0, i + 1).join('/')}`),
  )
  put(call, listPath(name), ['/.', ...new Set([...above, ...files])].map((path) => `${path}\n`).join(''))
}

export const listOf = (call: Asking, name: string): string[] => linesAt(call, listPath(name))

export const forgetList = (call: Asking, name: string): void => takeAway(call, listPath(name))
