import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DockerCli } from './docker.ts'

const PATIENCE = 60_000

/** A real daemon with a folder, a socket and settings of its own, which knows no network. */
export class Dockerd {
  readonly docker: DockerCli
  readonly #folder: string
  readonly #stop: () => Promise<void>

  private constructor(folder: string, stop: () => Promise<void>) {
    this.#folder = folder
    this.#stop = stop
    this.docker = new DockerCli(`unix://${folder}/docker.sock`)
  }

  /** Starts one; the reason why not, where it does not start. */
  static async start(): Promise<Dockerd | string> {
    if (spawnSync('dockerd', ['--version'], { stdio: 'ignore' }).status !== 0)
      return 'there is no dockerd on this machine'
    if (process.getuid?.() !== 0) return 'dockerd needs root'
    const folder = mkdtempSync(join(tmpdir(), 'wavetank-dockerd-'))
    const log = join(folder, 'log')
    const output = openSync(log, 'w')
    const child = spawn(
      'dockerd',
      [
        ...['--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`],
        ...['-H', `unix://${folder}/docker.sock`, '--storage-driver', 'vfs', '--bridge', 'none', '--iptables=false'],
      ],
      { stdio: ['ignore', output, output] },
    )
    const ended = new Promise<void>((resolve) => {
      child.on('close', () => resolve())
      child.on('error', () => resolve())
    })
    const stop = async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
    const daemon = new Dockerd(folder, stop)
    const answers = await daemon.#answers(ended)
    if (answers) return daemon
    const words = readFileSync(log, 'utf8').trim().split('\n').at(-1)
    await daemon.stop()
    return `dockerd does not start: ${words}`
  }

  async #answers(ended: Promise<void>): Promise<boolean> {
    let over = false
    void ended.then(() => {
      over = true
    })
    for (const until = Date.now() + PATIENCE; Date.now() < until && !over; ) {
      if ((await this.docker.run(['version'])).status === 0) return true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return false
  }

  get folder(): string {
    return this.#folder
  }

  async stop(): Promise<void> {
    this.docker.close()
    await this.#stop()
  }
}
