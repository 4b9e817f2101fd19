import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { advance, outcome, sandbox } from '../sandbox.ts'

/** Scripts that stand in the middle of something after two seconds and a half. */
const SCRIPTS = {
  'a loop in a pipeline': 'n=0; while :; do n=$((n+1)); echo $n; sleep 1; [ $n = 5 ] && break; done | sed s/^/got:/',
  'a function with a substitution':
    'f() { local x=$1; sleep 1; echo "$x $(sleep 1; echo in)"; }; for i in 1 2 3; do f $i; done',
  'a trap and a wait': 'trap "echo bye; exit 4" TERM; (sleep 4; kill $$) & wait; echo no',
  'awk that reads': '(for i in 1 2 3 4; do echo $i; sleep 1; done) | awk \'{ s += $1; print s } END { print "end" }\'',
  'a here-document and read': 'while read x; do sleep 1; echo "[$x]"; done <<E\na\nb\nc\nd\nE',
  xargs: "seq 1 4 | xargs -n 1 sh -c 'sleep 1; echo $0'",
}

describe('a fork of a running shell', () => {
  it.each(Object.entries(SCRIPTS))('goes on as the original would: %s', (_, script) => {
    const box = sandbox({ argv: ['sh', '-c', script] })
    advance(box, 2.5 * SECOND)
    box.machine.takeOutbox()
    const fs = box.fs.fork()
    const copy = { machine: box.machine.clone(new Map([['root', fs]])), fs, now: box.now }
    advance(copy, 20 * SECOND)
    const theirs = outcome(copy.machine.takeOutbox())
    advance(box, 20 * SECOND)
    expect(theirs).toEqual(outcome(box.machine.takeOutbox()))
    expect(theirs.status).toBeDefined()
  })
})
