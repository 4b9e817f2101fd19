import { describe, expect, test } from 'vitest'
import { inside } from './shell.ts'

const FETCH = `fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz
fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/community/x86_64/APKINDEX.tar.gz
`

describe('apk', () => {
  test('add tells what it fetches and installs, what is needed first', async () => {
    expect(
      await inside(
        'alpine',
        'apk add --no-cache curl && curl --version | head -c 4; ls /var/cache/apk 2>/dev/null; true',
      ),
    ).toEqual({
      text: `${FETCH}(1/10) Installing ca-certificates (20240705-r0)
(2/10) Installing brotli-libs (1.1.0-r2)
(3/10) Installing c-ares (1.28.1-r0)
(4/10) Installing libunistring (1.2-r0)
(5/10) Installing libidn2 (2.3.7-r0)
(6/10) Installing nghttp2-libs (1.62.1-r0)
(7/10) Installing libpsl (0.21.5-r1)
(8/10) Installing zstd-libs (1.5.6-r0)
(9/10) Installing libcurl (8.9.1-r1)
(10/10) Installing curl (8.9.1-r1)
Executing busybox-1.36.1-r29.trigger
Executing ca-certificates-20240705-r0.trigger
OK: 13 MiB in 24 packages
curl`,
      status: 0,
    })
  })

  test('del takes what nobody needs any more along', async () => {
    const script =
      'apk add -q curl jq && apk del curl; apk info -e curl jq oniguruma; cat /etc/apk/world; ls /usr/bin/curl'
    const { text, status } = await inside('alpine', script)
    expect(text).toMatch(/^\(1\/10\) Purging curl \(8\.9\.1-r1\)\n\(2\/10\) Purging libcurl/)
    expect(text).toContain('OK: 9 MiB in 16 packages\njq\noniguruma\nalpine-baselayout\n')
    expect(text).toContain('ls: /usr/bin/curl: No such file or directory')
    expect(status).toBe(1)
  })

  test('a virtual package goes with all that it brought', async () => {
    const { text } = await inside(
      'alpine',
      'apk add -q --virtual .deps make patch && apk info -e make; apk del .deps; apk info -e make',
    )
    expect(text).toMatch(/^make\n\(1\/3\) Purging \.deps \(20250101\.000000\)\n/)
    expect(text).toMatch(/in 14 packages\n$/)
  })

  test('update keeps the index, so add need not fetch it', async () => {
    const { text } = await inside('alpine', 'apk update >/dev/null && apk add make')
    expect(text).toMatch(/^\(1\/1\) Installing make \(4\.4\.1-r2\)\n/)
  })

  test.each([
    [
      'apk add nosuch',
      1,
      `ERROR: unable to select packages:\n  nosuch (no such package):\n    required by: world[nosuch]\n`,
    ],
    ['apk add curl=1.0', 1, `ERROR: unable to select packages:\n  curl-8.9.1-r1:\n    breaks: world[curl=1.0]\n`],
  ])('%s fails', async (script, status, error) => {
    expect(await inside('alpine', script)).toEqual({ text: FETCH + error, status })
  })

  test('who is not root is told so', async () => {
    const { text, status } = await inside('alpine', 'su -s /bin/sh nobody -c "apk add curl"')
    expect([text, status]).toEqual([
      'ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n',
      99,
    ])
  })

  test('info, search and list tell of packages', async () => {
    const { text } = await inside(
      'alpine',
      'apk add -q jq; apk info -L jq; apk search -q -e make; apk list -I | head -n 1; apk info | wc -l',
    )
    expect(text).toBe(
      'jq-1.7.1-r0 contains:\nusr/bin/jq\n\nmake-4.4.1-r2\nalpine-baselayout-3.6.5-r0 x86_64 {alpine-baselayout} (custom) [installed]\n16\n',
    )
  })

  test('a command that no program stands behind tells its version, and fails loudly', async () => {
    const { text, status } = await inside('alpine', 'apk add -q git; git --version; git clone x')
    expect(text).toMatch(/^git version 2\.45\.2\ngit: no program of this world stands behind \/usr\/bin\/git;/)
    expect(status).toBe(127)
  })

  test('a table of the user adds packages', async () => {
    const packages = {
      apk: {
        'acme-tools': { version: '2.1-r0', bin: { '/usr/bin/acme': 'echo' }, files: { '/etc/acme.conf': 'on\n' } },
      },
    }
    const { text } = await inside(
      'alpine',
      'apk add -q acme-tools; acme hi; cat /etc/acme.conf; apk info -v | grep acme',
      packages,
    )
    expect(text).toBe('hi\non\nacme-tools-2.1-r0\n')
  })
})
