import { idle } from './idle.ts'
import { shebang } from './kernel/load.ts'
import type { Program } from './kernel/program.ts'

/** An executable file of a container, as far as the catalog looks at it. */
export interface Executable {
  /** The path it was called by, absolute. */
  readonly path: string
  /** Where the symlinks lead. */
  readonly real: string
  readonly argv: readonly string[]
  /** The first bytes of the content. */
  readonly head: Uint8Array
}

export type Found =
  | { readonly kind: 'program'; readonly program: Program; readonly argv?: readonly string[] }
  | { readonly kind: 'script'; readonly interpreter: string; readonly args: readonly string[] }
  /** Neither a script nor a binary: ENOEXEC, and a shell reads it as its own script. */
  | { readonly kind: 'unknown' }

const MARKER = 'wavetank:'
const ELF = [0x7f, 0x45, 0x4c, 0x46]

/**
 * How an executable file in an image becomes a program. In this order: a program that the user named by the path wins; a marker names one; a script runs its
 * interpreter; a binary is known by its name; a binary nobody knows is *idle*. Programs are code, so forks of a machine share one catalog.
 */
export class Catalog {
  readonly programs: ReadonlyMap<string, Program>
  readonly byPath: ReadonlyMap<string, Program>

  /** @param programs by their own names; `byPath`: the user's, by the absolute path of the executable. */
  constructor(programs: Iterable<Program>, byPath: Iterable<readonly [string, Program]> = []) {
    this.programs = new Map([...programs].map((program) => [program.name, program]))
    this.byPath = new Map(byPath)
  }

  /** The same and more: what is given again is replaced. */
  with(programs: Iterable<Program>, byPath: Iterable<readonly [string, Program]> = []): Catalog {
    const [more, paths] = [[...programs], [...byPath]]
    if (more.length + paths.length === 0) return this
    return new Catalog([...this.programs.values(), ...more], [...this.byPath, ...paths])
  }

  get(name: string): Program | undefined {
    return this.programs.get(name)
  }

  find(file: Executable): Found {
    const named = this.byPath.get(file.path) ?? this.byPath.get(file.real)
    if (named) return { kind: 'program', program: named }
    const line = shebang(file.head)
    if (line?.startsWith(MARKER)) return this.#marked(line.slice(MARKER.length), file)
    if (line) {
      const [interpreter = '', ...rest] = line.split(/[ \t]+/)
      return { kind: 'script', interpreter, args: rest.length > 0 ? [rest.join(' ')] : [] }
    }
    if (ELF.every((byte, at) => file.head[at] === byte)) return this.#binary(file)
    return { kind: 'unknown' }
  }

  #marked(name: string, file: Executable): Found {
    if (name === 'busybox') return this.#applet(file)
    return { kind: 'program', program: this.programs.get(name) ?? idle }
  }

  #binary(file: Executable): Found {
    if (baseName(file.real) === 'busybox') return this.#applet(file)
    const program = this.programs.get(baseName(file.path)) ?? this.programs.get(baseName(file.real))
    return { kind: 'program', program: program ?? idle }
  }

  /** `busybox ls -l`, or `ls -l` by a link to busybox. */
  #applet({ argv }: Executable): Found {
    const called = baseName(argv[0] ?? '').replace(/^-/, '')
    if (called === 'busybox' && argv.length > 1) {
      const program = this.programs.get(argv[1]!)
      return { kind: 'program', program: program ?? noApplet, argv: program ? argv.slice(1) : argv }
    }
    return { kind: 'program', program: this.programs.get(called) ?? noApplet }
  }
}

/** What the busybox binary says of a name it does not know. */
const noApplet: Program<null> = {
  name: 'busybox',
  init: () => null,
  step(kernel, process) {
    const [called = '', applet] = process.argv
    if (baseName(called) === 'busybox' && applet === undefined) {
      kernel.puts(process, 1, 'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n')
      return { type: 'exit', code: 0 }
    }
    const name = baseName(called) === 'busybox' ? applet : baseName(called)
    kernel.puts(process, 2, `${name}: applet not found\n`)
    return { type: 'exit', code: 127 }
  },
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
