import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
}

/** The docker CLI with a daemon and settings of its own. */
export class DockerCli {
  readonly #env: NodeJS.ProcessEnv
  readonly #folder: string | undefined
  readonly #config = mkdtempSync(join(tmpdir(), 'wavetank-docker-'))

  /** @param folder where commands run, so that paths of this machine are short. */
  constructor(dockerHost: string, folder?: string) {
    this.#folder = folder
    const {
      DOCKER_CONTEXT: _context,
      DOCKER_TLS_VERIFY: _verify,
      DOCKER_CERT_PATH: _certificates,
      ...env
    } = process.env
    this.#env = { ...env, DOCKER_HOST: dockerHost, DOCKER_CONFIG: this.#config, TERM: 'xterm', LANG: 'C' }
  }

  /** What a command prints and how it ends. */
  run(args: readonly string[], input: string | Uint8Array = ''): Promise<Ran> {
    return this.#spawn('docker', args, (child) => child.stdin.end(input))
  }

  /** Its output where it must succeed. */
  async out(...args: string[]): Promise<string> {
    const { stdout, stderr, status } = await this.run(args)
    if (status !== 0) throw new Error(`docker ${args.join(' ')}: status ${status}: ${stderr}`)
    return stdout
  }

  /** Under a pseudo-terminal: each line is typed when the screen shows what is said to come before it. */
  onTerminal(args: readonly string[], typed: readonly (readonly [shown: string, keys: string])[]): Promise<Ran> {
    const command = ['docker', ...args].map((argument) => `'${argument.replaceAll("'", "'\\''")}'`).join(' ')
    const waiting = [...typed]
    let from = 0
    return this.#spawn('script', ['-qefc', command, '/dev/null'], (child, screen) => {
      const type = () => {
        const [shown, keys] = waiting[0] ?? []
        if (shown === undefined || keys === undefined) return
        const at = screen().indexOf(shown, from)
        if (at < 0) return
        from = at + shown.length
        waiting.shift()
        child.stdin.write(keys)
        type()
      }
      child.stdout.on('data', type)
    })
  }

  /** Interrupted (SIGINT) once its output shows what is awaited. */
  interrupted(args: readonly string[], awaited: string): Promise<Ran> {
    return this.#spawn('docker', args, (child, shown) =>
      child.stdout.on('data', () => shown().includes(awaited) && child.kill('SIGINT')),
    )
  }

  #spawn(
    command: string,
    args: readonly string[],
    talk: (
      child: ReturnType<typeof spawn> & { stdin: NodeJS.WritableStream; stdout: NodeJS.ReadableStream },
      shown: () => string,
    ) => void,
  ): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, { env: this.#env, cwd: this.#folder })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (bytes) => (stdout += String(bytes)))
      child.stderr.on('data', (bytes) => (stderr += String(bytes)))
      child.stdin.on('error', () => {})
      child.on('error', reject)
      child.on('close', (status) => resolve({ stdout, stderr, status }))
      talk(child, () => stdout)
    })
  }

  close(): void {
    rmSync(this.#config, { recursive: true, force: true })
  }
}

const there = (command: string, args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Whether the CLI is on this machine; else the reason is printed, and its specs are skipped. */
export function dockerIsHere(): boolean {
  if (there('docker', ['--version'])) return true
  console.warn('skipped: there is no docker CLI on this machine')
  return false
}

export function terminalIsHere(): boolean {
  if (there('script', ['-qec', 'true', '/dev/null'])) return true
  console.warn('skipped: there is no script(1) on this machine to make a pseudo-terminal')
  return false
}
