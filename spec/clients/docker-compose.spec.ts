import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, listen } from '../../src/node/index.ts'
import { isHere, ran } from './program.ts'

const FILE = fileURLToPath(new URL('../../fixtures/compose/docker-compose.yml', import.meta.url))

/** What it says it has done, without the lines it only says to redraw. */
const last = (text: string, verb: string) =>
  text
    .split(/\r?\n/)
    .filter((line) => line.startsWith(verb) && !line.endsWith('... '))
    .map((line) => line.slice(verb.length + 1).replace(/^shop_(.*?) +\.\.\. done$/, '$1'))

describe.runIf(isHere('docker-compose', 'docker-compose', ['--version']))(
  'docker-compose',
  { timeout: 240_000 },
  () => {
    let folder: string
    let tank: Wavetank
    let listening: Listening

    const compose = (...args: string[]) =>
      ran('docker-compose', ['--ansi', 'never', '-f', FILE, '-p', 'shop', ...args], listening.dockerHost)
    const out = async (...args: string[]) => {
      const { stdout, stderr, status } = await compose(...args)
      if (status !== 0) throw new Error(`docker-compose ${args.join(' ')}: status ${status}: ${stderr}`)
      return stdout
    }
    const asked = (path: string) => tank.fetch(new Request(`http://docker/v1.51/${path}`))
    const names = async (path: string) =>
      ((await (await asked(path)).json()) as { Name?: string; Names?: string[] }[])
        .map(({ Name, Names }) => Name ?? Names?.[0])
        .sort()
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'wavetank-compose-'))
      tank = createWavetank({ seed: 'compose', clock: 'auto' })
      listening = await listen(tank, { socketPath: join(folder, 'docker.sock') })
    })
    afterEach(async () => {
      tank.close()
      await listening.close()
      rmSync(folder, { recursive: true })
    })

    it('up, ps, logs, exec', async () => {
      const up = await compose('up', '-d')
      expect([up.status, last(up.stderr, 'Creating')]).toEqual([
        0,
        ['network "shop_back" with the default driver', 'volume "shop_data" with default driver', 'web_1', 'client_1'],
      ])
      expect(
        (await out('ps'))
          .split('\n')
          .map((line) => line.trim().split(/ {2,}/))
          .slice(2, 4),
      ).toEqual([
        ['shop_client_1', 'sh -c wget -qO- http://web ...', 'Up'],
        ['shop_web_1', 'sh -c echo web up; mkdir - ...', 'Up (healthy)'],
      ])
      // A thread reads each log, so that it is chance which line comes first.
      const [head, ...lines] = (await out('logs', '--no-color')).trimEnd().split('\n')
      expect([head, ...lines.sort()]).toEqual([
        'Attaching to shop_client_1, shop_web_1',
        'client_1  | page',
        'web_1     | web up',
      ])
      expect(await out('exec', '-T', 'client', 'wget', '-qO-', 'http://web/')).toBe('page\n')
    })

    it('scale, restart, down', async () => {
      await out('up', '-d')
      expect((await compose('up', '-d', '--scale', 'client=2')).stderr).toContain('shop_web_1 is up-to-date\n')
      expect(await names('containers/json?all=1')).toEqual(['/shop_client_1', '/shop_client_2', '/shop_web_1'])
      expect((await compose('restart', '-t', '0', 'web')).stderr).toContain('Restarting shop_web_1 ... done')
      const down = await compose('down', '-v', '-t', '0')
      expect([down.status, await out('ps', '-q')]).toEqual([0, ''])
      expect(await names('networks')).toEqual(['bridge', 'host', 'none'])
      expect(await (await asked('volumes')).json()).toMatchObject({ Volumes: [] })
    })
  },
)
