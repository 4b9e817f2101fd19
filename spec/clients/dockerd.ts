import { DockerCli } from './docker.ts'
import { type RealDaemon, realDaemon, whyNoDaemon } from './real-daemon.ts'

/** A real daemon with a folder, a socket and settings of its own, and a client that speaks to it. */
export class Dockerd {
  readonly docker: DockerCli
  readonly #daemon: RealDaemon

  private constructor(daemon: RealDaemon) {
    this.#daemon = daemon
    this.docker = new DockerCli(daemon.dockerHost)
  }

  /** Starts one; the reason why not, where it does not start. */
  static async start(): Promise<Dockerd | string> {
    const why = whyNoDaemon()
    if (why !== undefined) return why
    try {
      return new Dockerd(await realDaemon())
    } catch (error) {
      return (error as Error).message
    }
  }

  get folder(): string {
    return this.#daemon.folder
  }

  async stop(): Promise<void> {
    this.docker.close()
    await this.#daemon.stop()
  }
}
