import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GROUP, type Outcome, PASSWD } from '../sandbox.ts'
import type { Script } from './scripts.ts'

const CHROOT = ['/usr/sbin/chroot', '/usr/bin/chroot', '/sbin/chroot'].find((path) => existsSync(path)) ?? 'chroot'
const BUSYBOX = ['/usr/bin/busybox', '/bin/busybox'].find((path) => existsSync(path))

/** Why the real busybox cannot be asked here; undefined: it can. */
export function whyNoOracle(): string | undefined {
  if (!BUSYBOX) return 'busybox is not installed'
  if (process.getuid?.() !== 0) return 'chroot needs root'
  return spawnSync(CHROOT, ['/', '/bin/true']).status === 0 ? undefined : 'chroot does not work here'
}

const DRIVER = `umask 022
unset SHLVL OLDPWD PWD
n=0
while [ $n -lt $1 ]; do
  cd /tmp
  rm -rf /tmp/* /tmp/.[!.]*
  text=$(cat /work/$n.text; echo x)
  text=\${text%x}
  (
    case $(cat /work/$n.way) in
      command) set -- -c "$text" ;;
      file) cp /work/$n.text script; set -- script ;;
      stdin) exec </work/$n.text; set -- ;;
    esac
    unset text
    exec busybox sh "$@"
  ) </dev/null >/work/$n.out 2>/work/$n.err
  echo $? >/work/$n.status
  n=$((n+1))
done
`

/** The real busybox in a chroot that holds the same tree as the sandbox. */
export class Oracle {
  readonly #root = mkdtempSync(join(tmpdir(), 'wavetank-busybox-'))

  constructor() {
    for (const path of ['bin', 'dev', 'etc', 'home', 'proc', 'usr', 'usr/bin', 'root', 'tmp'])
      mkdirSync(join(this.#root, path))
    chmodSync(this.#root, 0o755)
    chmodSync(join(this.#root, 'root'), 0o700)
    chmodSync(join(this.#root, 'tmp'), 0o1777)
    writeFileSync(join(this.#root, 'etc/passwd'), PASSWD)
    writeFileSync(join(this.#root, 'etc/group'), GROUP)
    copyFileSync(BUSYBOX!, join(this.#root, 'bin/busybox'))
    for (const [name, minor] of [
      ['null', 3],
      ['zero', 5],
      ['full', 7],
      ['random', 8],
      ['urandom', 9],
    ] as const)
      spawnSync('mknod', ['-m', '666', join(this.#root, 'dev', name), 'c', '1', String(minor)])
    for (const [name, target] of [
      ['fd', '/proc/self/fd'],
      ['stdin', '/proc/self/fd/0'],
      ['stdout', '/proc/self/fd/1'],
      ['stderr', '/proc/self/fd/2'],
    ] as const)
      symlinkSync(target, join(this.#root, 'dev', name))
    spawnSync(CHROOT, [this.#root, '/bin/busybox', '--install', '-s', '/bin'])
    spawnSync('mount', ['-t', 'proc', 'proc', join(this.#root, 'proc')])
  }

  version(): string {
    const { stdout } = spawnSync(BUSYBOX!, ['--help'], { encoding: 'utf8' })
    return stdout.split('\n')[0]!.replace(/ multi-call binary\.$/, '')
  }

  /** Runs all of them in one chroot, each in an empty /tmp. */
  run(scripts: readonly Script[]): Outcome[] {
    const work = join(this.#root, 'work')
    rmSync(work, { recursive: true, force: true })
    mkdirSync(work)
    writeFileSync(join(work, 'driver'), DRIVER)
    for (const [index, script] of scripts.entries()) {
      writeFileSync(join(work, `${index}.text`), script.text)
      writeFileSync(join(work, `${index}.way`), script.way)
    }
    spawnSync(CHROOT, [this.#root, '/bin/busybox', 'sh', '/work/driver', String(scripts.length)], {
      env: { PATH: '/bin', HOME: '/root', HOSTNAME: 'box' },
      stdio: 'ignore',
    })
    const read = (name: string) => readFileSync(join(work, name), 'utf8')
    return scripts.map((_, index) => ({
      stdout: read(`${index}.out`),
      stderr: read(`${index}.err`),
      status: Number(read(`${index}.status`)),
    }))
  }

  close(): void {
    spawnSync('umount', [join(this.#root, 'proc')])
    rmSync(this.#root, { recursive: true, force: true })
  }
}
