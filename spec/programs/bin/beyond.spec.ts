import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { advance, outcome, run, sandbox } from '../sandbox.ts'

/** What the busybox of Debian lacks and that of the Docker image has: no oracle, so the outcome stands here. */
const stdout = (script: string) => run({ argv: ['sh', '-c', script] }).stdout

describe('programs without an oracle', () => {
  it.each([
    ['comm', "printf 'a\\nb\\n' >f; printf 'b\\nc\\n' >g; comm f g; comm -12 f g", 'a\n\t\tb\n\tc\nb\n'],
    ['join', "printf '1 a\\n2 b\\n' >f; printf '2 x\\n3 y\\n' >g; join f g", '2 b x\n'],
    ['split', 'seq 1 5 >f; split -l 2 f; cat xaa; cat xac', '1\n2\n5\n'],
    ['cksum', "printf 'x\\n' | cksum", '2192966820 2\n'],
    ['printenv', 'x=1 printenv x; printenv nosuch; echo $?', '1\n1\n'],
    ['nohup and nice', 'nohup echo a 2>/dev/null; nice echo b; nice -n 5 echo c', 'a\nb\nc\n'],
    ['install', 'echo a >f; install -m 600 f g; stat -c %a g; install -d x/y; ls -d x/y', '600\nx/y\n'],
    ['awk powers', "awk 'BEGIN { print 2^10, 2**3, -2^2, sqrt(16), 2^3^2, 2^-1 }'", '1024 8 -4 4 64 0.5\n'],
    ['find -delete', 'mkdir -p d/e; touch d/e/f; find d -delete; ls', ''],
    ['tar --exclude', 'mkdir -p d/e; touch d/f; tar cf t --exclude=e d; tar tf t', 'd/\nd/f\n'],
    [
      'adduser',
      'adduser -D -H ann; id -un ann; su ann -c whoami; deluser ann; id ann 2>/dev/null; echo $?',
      'ann\nann\n1\n',
    ],
    ['pgrep', 'sleep 3 & pgrep -l sleep | cut -d" " -f2; pkill sleep; pgrep sleep; echo $?', 'sleep\n1\n'],
  ])('%s', (_, script, expected) => {
    expect(stdout(script)).toBe(expected)
  })

  it('greets', () => {
    expect(stdout('hello')).toContain('Hello from Docker!')
  })

  it('tail -f follows under the virtual clock', () => {
    const box = sandbox({ argv: ['sh', '-c', 'echo a >f; tail -f f & sleep 2; echo b >>f; sleep 2; kill $!'] })
    advance(box, SECOND)
    expect(outcome(box.machine.takeOutbox()).stdout).toBe('a\n')
    advance(box, 10 * SECOND)
    expect(outcome(box.machine.takeOutbox()).stdout).toBe('b\n')
  })
})
