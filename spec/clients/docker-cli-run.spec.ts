import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, listen, publish } from '../../src/node/index.ts'
import { freePort } from '../node/free-port.ts'
import { DockerCli, dockerIsHere, terminalIsHere } from './docker.ts'

const ID = /^[0-9a-f]{64}\n$/

describe.runIf(dockerIsHere())('docker run', () => {
  let folder: string
  let tank: Wavetank
  let listening: Listening
  let docker: DockerCli

  const open = async (where: 'unix' | 'tcp') => {
    tank = createWavetank({ seed: 'cli', clock: 'auto' })
    listening = await listen(tank, where === 'unix' ? { socketPath: join(folder, 'docker.sock') } : {})
    docker = new DockerCli(listening.dockerHost)
  }
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-cli-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  afterEach(async () => {
    docker.close()
    tank.close()
    await listening.close()
  })

  describe.each(['unix', 'tcp'] as const)('over %s', (where) => {
    beforeEach(() => open(where))

    it('version, info', async () => {
      expect(await docker.out('version')).toMatch(/Server:\n Engine:\n {2}Version: +28\.5\.2\n {2}API version: +1\.51 /)
      expect(await docker.out('info')).toMatch(/Server Version: 28\.5\.2[\s\S]*Operating System: /)
    })

    it('run --rm', async () => {
      expect(await docker.run(['run', '--rm', 'busybox:1.36', 'echo', 'hello'])).toEqual({
        stdout: 'hello\n',
        stderr: '',
        status: 0,
      })
      expect(await docker.out('ps', '-aq')).toBe('')
    })

    it('run -i reads stdin to its end', async () => {
      const script = 'while read line; do echo "<$line>"; done; echo over >&2; exit 4'
      expect(await docker.run(['run', '-i', 'busybox:1.36', 'sh', '-c', script], 'one\ntwo\n')).toEqual({
        stdout: '<one>\n<two>\n',
        stderr: 'over\n',
        status: 4,
      })
    })
  })

  describe('containers', () => {
    beforeEach(() => open('unix'))
    const detached = (name: string, ...command: string[]) =>
      docker.out('run', '-d', '--name', name, 'busybox:1.36', ...command)
    const status = async (name: string) =>
      (await docker.out('inspect', '-f', '{{.State.Status}} {{.State.ExitCode}}', name)).trim()
    const ticks = ['sh', '-c', 'for i in 1 2 3; do echo $i; sleep 1; done; exit 3']

    it('run -d and ps', async () => {
      expect(await detached('web', 'sleep', '1000')).toMatch(ID)
      expect(await docker.out('ps')).toMatch(/\n[0-9a-f]{12} +busybox:1\.36 +"sleep 1000" .* Up .* web\n$/)
    })

    it('ps -a with filter and format', async () => {
      await detached('web', 'sleep', '1000')
      await docker.run(['run', '--name', 'done', 'busybox:1.36', 'false'])
      const list = (...args: string[]) =>
        docker.out('ps', '-a', '--format', '{{.Names}}|{{.Image}}|{{.State}}', ...args)
      expect(await list()).toBe('done|busybox:1.36|exited\nweb|busybox:1.36|running\n')
      expect(await list('--filter', 'name=we')).toBe('web|busybox:1.36|running\n')
      expect(await list('--filter', 'exited=1')).toBe('done|busybox:1.36|exited\n')
      expect(await list('--filter', 'status=paused')).toBe('')
    })

    it('logs -f --timestamps: one line a second, and nobody waits for it', async () => {
      await detached('ticks', ...ticks)
      expect(await docker.out('logs', '-f', '--timestamps', 'ticks')).toBe(
        [1, 2, 3].map((i) => `2025-01-01T00:00:0${i - 1}.000000000Z ${i}\n`).join(''),
      )
      expect(await docker.out('logs', '--tail', '1', 'ticks')).toBe('3\n')
    })

    it('logs -f ends at SIGINT', async () => {
      await detached('loop', 'sh', '-c', 'echo begun; while :; do sleep 100; done')
      expect((await docker.interrupted(['logs', '-f', 'loop'], 'begun')).stdout).toBe('begun\n')
      expect(await status('loop')).toBe('running 0')
    })

    it('stop: an untrapped PID 1 takes its grace and gives 137, a trapped one ends well', async () => {
      await detached('deaf', 'sleep', '1000')
      const before = tank.clock.now
      expect(await docker.out('stop', 'deaf')).toBe('deaf\n')
      expect(tank.clock.now - before).toBe(10_000_000)
      expect(await status('deaf')).toBe('exited 137')
      await detached('polite', 'sh', '-c', 'trap "exit 9" TERM; while :; do sleep 1; done')
      await docker.out('stop', 'polite')
      expect(await status('polite')).toBe('exited 9')
    })

    it('start -a', async () => {
      await detached('ticks', ...ticks)
      await docker.out('wait', 'ticks')
      expect(await docker.run(['start', '-a', 'ticks'])).toEqual({ stdout: '1\n2\n3\n', stderr: '', status: 3 })
    })

    it('start -ai', async () => {
      await docker.out('create', '-i', '--name', 'cat', 'busybox:1.36', 'cat')
      expect((await docker.run(['start', '-ai', 'cat'], 'to and fro')).stdout).toBe('to and fro')
    })

    it('restart, kill -s, pause, unpause', async () => {
      await detached('web', 'sh', '-c', 'trap "echo usr1" USR1; echo up; while :; do sleep 1; done')
      expect(await docker.out('restart', '-t', '0', 'web')).toBe('web\n')
      await docker.out('kill', '-s', 'USR1', 'web')
      tank.clock.advance(2_000)
      expect(await docker.out('logs', 'web')).toBe('up\nup\nusr1\n')
      await docker.out('pause', 'web')
      expect(await status('web')).toBe('paused 0')
      expect((await docker.run(['exec', 'web', 'true'])).stderr).toContain(
        'is paused, unpause the container before exec',
      )
      await docker.out('unpause', 'web')
      expect(await status('web')).toBe('running 0')
      await docker.out('kill', 'web')
      expect(await status('web')).toBe('exited 137')
    })

    it('wait, rename, rm -f', async () => {
      await detached('ticks', ...ticks)
      expect(await docker.out('wait', 'ticks')).toBe('3\n')
      await docker.out('rename', 'ticks', 'tocks')
      expect(await docker.out('rm', '-f', 'tocks')).toBe('tocks\n')
      expect((await docker.run(['inspect', 'tocks'])).status).toBe(1)
      await detached('web', 'sleep', '1000')
      expect((await docker.run(['rm', 'web'])).stderr).toContain('cannot remove container "web": container is running')
      await docker.out('rm', '-f', 'web')
    })

    it('inspect -f', async () => {
      await detached('web', 'sleep', '1000')
      expect(await docker.out('inspect', '-f', '{{.Name}} {{json .Config.Cmd}} {{.State.Running}}', 'web')).toBe(
        '/web ["sleep","1000"] true\n',
      )
    })

    it('run -p: a service of a pulled image answers on a port of this machine', async () => {
      const ports = publish(tank)
      const port = await freePort()
      await docker.out('run', '-d', '--name', 'web', '-p', `${port}:80`, 'nginx')
      const page = await fetch(`http://127.0.0.1:${port}/`)
      expect(await page.text()).toContain('Welcome to nginx!')
      await docker.out('stop', 'web')
      await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
      await ports.close()
    })

    it('exit codes', async () => {
      const run = (image: string, ...command: string[]) => docker.run(['run', '--rm', image, ...command])
      expect((await run('busybox:1.36', 'sh', '-c', 'exit 42')).status).toBe(42)
      const unknown = await run('busybox:1.36', 'nosuch')
      expect(unknown.stderr).toContain('exec: "nosuch": executable file not found in $PATH')
      expect(unknown.status).toBe(127)
      const passwd = await run('busybox:1.36', '/etc/passwd')
      expect(passwd.stderr).toContain('permission denied')
      expect(passwd.status).toBe(126)
      const missing = await run('no/such:image')
      expect(missing.stderr).toContain("Unable to find image 'no/such:image' locally")
      expect(missing.status).toBe(125)
    })

    it('an endless loop hangs nothing', async () => {
      await detached('busy', 'sh', '-c', 'while :; do :; done')
      expect(await docker.out('ps', '--format', '{{.Names}}')).toBe('busy\n')
      await docker.out('rm', '-f', 'busy')
    })
  })

  describe.runIf(terminalIsHere())('on a terminal', () => {
    beforeEach(() => open('unix'))

    it('run -it is a shell with echo, its status the CLI’s', async () => {
      const { stdout, status } = await docker.onTerminal(
        ['run', '-it', '--rm', 'busybox:1.36'],
        [
          ['/ # ', 'echo $((6*7))\n'],
          ['/ # ', 'exit 9\n'],
        ],
      )
      expect(stdout).toContain('/ # echo $((6*7))\r\n42\r\n/ # exit 9\r\n')
      expect(status).toBe(9)
    })

    it('^C interrupts the foreground, ^D ends the shell', async () => {
      const { stdout, status } = await docker.onTerminal(
        ['run', '-it', '--rm', 'busybox:1.36', 'sh'],
        [
          ['/ # ', 'cat\n'],
          ['cat\r\n', '\x03'],
          ['/ # ', 'echo $?\n'],
          ['/ # ', '\x04'],
        ],
      )
      expect(stdout).toContain('^C')
      expect(stdout).toContain('130\r\n')
      expect(status).toBe(0)
    })

    it('^P^Q detaches, attach comes back', async () => {
      await docker.onTerminal(['run', '-it', '--name', 'sh', 'busybox:1.36', 'sh'], [['/ # ', '\x10\x11']])
      expect(await docker.out('ps', '--format', '{{.Names}}')).toBe('sh\n')
      const { stdout, status } = await docker.onTerminal(['exec', '-it', 'sh', 'sh', '-c', 'echo here; exit 2'], [])
      expect(stdout).toBe('here\r\n')
      expect(status).toBe(2)
    })
  })
})
