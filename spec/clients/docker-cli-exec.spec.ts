import { beforeEach, describe, expect, it } from 'vitest'
import { daemon } from './daemon.ts'
import { dockerIsHere, terminalIsHere } from './docker.ts'

const RUNTIME = 'OCI runtime exec failed: exec failed: unable to start container process: '

describe.runIf(dockerIsHere())('docker exec', () => {
  const at = daemon('exec')
  beforeEach(() => at.detached('web', 'sleep', 'infinity'))
  const exec = (...args: string[]) => at.docker.run(['exec', ...args])
  const said = async (...args: string[]) => (await exec(...args)).stdout

  it('-i: stdin goes in, both streams come out, the status is the command’s', async () => {
    const script = 'while read l; do echo "<$l>"; done; echo over >&2; exit 3'
    expect(await at.docker.run(['exec', '-i', 'web', 'sh', '-c', script], 'one\ntwo\n')).toEqual({
      stdout: '<one>\n<two>\n',
      stderr: 'over\n',
      status: 3,
    })
    expect((await exec('web', 'sh', '-c', 'kill -9 $$')).status).toBe(137)
  })

  it('-u, -e, -w', async () => {
    expect(await said('-u', 'nobody', 'web', 'whoami')).toBe('nobody\n')
    expect(await said('-u', '12:34', 'web', 'id')).toMatch(/^uid=12 gid=34\b/)
    expect(await said('-e', 'A=1', '-e', 'B=2', 'web', 'sh', '-c', 'echo $A-$B')).toBe('1-2\n')
    expect(await said('-w', '/tmp', 'web', 'pwd')).toBe('/tmp\n')
  })

  it('what cannot be run ends with 127 or 126 and the runtime’s words', async () => {
    expect(await exec('web', 'nosuch')).toEqual({
      stdout: `${RUNTIME}exec: "nosuch": executable file not found in $PATH\r\n`,
      stderr: '',
      status: 127,
    })
    const denied = await exec('web', '/etc/passwd')
    expect([denied.stdout, denied.status]).toEqual([`${RUNTIME}exec: "/etc/passwd": permission denied\r\n`, 126])
    const folder = await exec('web', '/etc')
    expect([folder.stdout, folder.status]).toEqual([
      `${RUNTIME}exec: "/etc": is a directory: permission denied\r\n`,
      126,
    ])
    const nowhere = await exec('-w', '/nosuch', 'web', 'pwd')
    expect(nowhere.stdout).toContain('chdir to cwd ("/nosuch") set in config.json failed: no such file or directory')
    expect(await at.refusal('exec', '-u', 'nosuch', 'web', 'true')).toBe(
      'unable to find user nosuch: no matching entries in passwd file',
    )
  })

  it('-d returns at once; what cannot be run is refused', async () => {
    await at.docker.out('exec', '-d', 'web', 'sh', '-c', 'echo written > /tmp/file; sleep 100')
    expect(await said('web', 'cat', '/tmp/file')).toBe('written\n')
    expect(await at.docker.out('top', 'web')).toContain('sleep 100\n')
    expect(await at.refusal('exec', '-d', 'web', 'nosuch')).toBe(
      `${RUNTIME}exec: "nosuch": executable file not found in $PATH`,
    )
  })

  it('refuses containers that are not there, stopped or paused', async () => {
    expect(await at.refusal('exec', 'nosuch', 'true')).toBe('No such container: nosuch')
    await at.docker.out('pause', 'web')
    expect(await at.refusal('exec', 'web', 'true')).toBe('Container web is paused, unpause the container before exec')
    await at.docker.out('unpause', 'web')
    await at.docker.out('kill', 'web')
    expect(await at.refusal('exec', 'web', 'true')).toMatch(/^container [0-9a-f]{64} is not running$/)
  })

  it('ends with its container', async () => {
    const running = at.docker.interrupted(
      ['exec', 'web', 'sh', '-c', 'echo up; while :; do sleep 1; done'],
      'never said',
    )
    while (!(await at.docker.out('top', 'web')).includes('while')) {}
    await at.docker.out('kill', 'web')
    expect(await running).toEqual({ stdout: 'up\n', stderr: '', status: 137 })
  })

  describe.runIf(terminalIsHere())('on a terminal', () => {
    it('-it is a shell with echo', async () => {
      const { stdout, status } = await at.docker.onTerminal(
        ['exec', '-it', '-e', 'PS1=> ', 'web', 'sh'],
        [
          ['> ', 'tty; echo $((6*7))\n'],
          ['> ', 'exit 9\n'],
        ],
      )
      expect(stdout).toContain('> tty; echo $((6*7))\r\n/dev/pts/0\r\n42\r\n> exit 9\r\n')
      expect(status).toBe(9)
    })

    it('detach keys leave it running', async () => {
      const { stdout } = await at.docker.onTerminal(
        ['exec', '-it', '--detach-keys', 'ctrl-a,d', 'web', 'sh', '-c', 'echo here; sleep 500'],
        [['here', '\x01d']],
      )
      expect(stdout).toContain('read escape sequence')
      expect(await at.docker.out('top', 'web')).toContain('sleep 500\n')
    })
  })
})
