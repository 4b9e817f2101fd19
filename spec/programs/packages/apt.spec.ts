import { describe, expect, test } from 'vitest'
import { inside } from './shell.ts'

const STATE = 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n'

describe('apt-get', () => {
  test('install tells what it brings, gets, unpacks and sets up', async () => {
    const { text, status } = await inside(
      'debian',
      'apt-get update -qq && apt-get install -y --no-install-recommends jq; which jq',
    )
    expect(status).toBe(0)
    expect(text).toBe(`${STATE}The following additional packages will be installed:
  libjq1 libonig5
The following NEW packages will be installed:
  jq libjq1 libonig5
0 upgraded, 3 newly installed, 0 to remove and 0 not upgraded.
Need to get 344 kB of archives.
After this operation, 1,147 kB of additional disk space will be used.
Get:1 http://deb.debian.org/debian bookworm/main amd64 libjq1 amd64 1.6-2.1 [114 kB]
Get:2 http://deb.debian.org/debian bookworm/main amd64 libonig5 amd64 6.9.8-1 [194 kB]
Get:3 http://deb.debian.org/debian bookworm/main amd64 jq amd64 1.6-2.1 [37 kB]
debconf: delaying package configuration, since apt-utils is not installed
Fetched 344 kB in 0s (24.0 MB/s)
Selecting previously unselected package libjq1.
(Reading database ... 6098 files and directories currently installed.)
Preparing to unpack .../libjq1_1.6-2.1_amd64.deb ...
Unpacking libjq1 (1.6-2.1) ...
Selecting previously unselected package libonig5.
Preparing to unpack .../libonig5_6.9.8-1_amd64.deb ...
Unpacking libonig5 (6.9.8-1) ...
Selecting previously unselected package jq.
Preparing to unpack .../jq_1.6-2.1_amd64.deb ...
Unpacking jq (1.6-2.1) ...
Setting up libjq1 (1.6-2.1) ...
Setting up libonig5 (6.9.8-1) ...
Setting up jq (1.6-2.1) ...
Processing triggers for libc-bin (2.36-9+deb12u9) ...
/usr/bin/jq
`)
  })

  test.each([
    ['apt-get install -y curl', 'E: Unable to locate package curl\n'],
    ['apt-get update -qq; apt-get install -y nosuch', 'E: Unable to locate package nosuch\n'],
    ['apt-get update -qq; apt-get install -y curl=1', "E: Version '1' for 'curl' was not found\n"],
    ['apt-get update -qq; rm -rf /var/lib/apt/lists/*; apt-get install -y curl', 'E: Unable to locate package curl\n'],
  ])('%s fails', async (script, error) => {
    expect(await inside('debian', script)).toEqual({ text: STATE + error, status: 100 })
  })

  test('nobody says yes', async () => {
    const { text, status } = await inside(
      'debian',
      'apt-get update -qq; apt-get install curl; s=$?; dpkg -s curl; exit $s',
    )
    expect(text).toMatch(/Do you want to continue\? \[Y\/n\] Abort\.\ndpkg-query: package 'curl' is not installed/)
    expect(status).toBe(1)
  })

  test('remove leaves what came along, autoremove does not', async () => {
    const script =
      'apt-get update -qq; apt-get install -qq jq >/dev/null 2>&1; apt-get remove -y jq; ls /usr/bin/jq; apt-get autoremove -y -qq; dpkg -l "lib*o*"'
    const { text } = await inside('debian', script)
    expect(text).toContain(
      `no longer required:\n  libjq1 libonig5\nUse 'apt autoremove' to remove them.\nThe following packages will be REMOVED:\n  jq\n`,
    )
    expect(text).toContain('Removing jq (1.6-2.1) ...\nls: /usr/bin/jq: No such file or directory\n')
    expect(text).toMatch(/dpkg-query: no packages found matching lib\*o\*\n$/)
  })

  test('an unknown operation, and apt by its own name', async () => {
    expect(await inside('debian', 'apt-get frob')).toEqual({ text: 'E: Invalid operation frob\n', status: 100 })
    expect((await inside('debian', 'apt update')).text).toMatch(
      /^\nWARNING: apt does not have a stable CLI interface\. Use with caution in scripts\.\n\nGet:1 http:\/\/deb\.debian\.org/,
    )
  })
})

describe('dpkg', () => {
  test('tells of what is installed', async () => {
    const script =
      // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
      'apt-get update -qq; apt-get install -y -qq jq >/dev/null 2>&1; dpkg -l jq; dpkg -L jq; dpkg-query -W -f="\\${Package}=\\${Version}\\n" jq; dpkg -s jq | head -n 2'
    expect((await inside('debian', script)).text).toBe(`Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name Version Architecture Description
+++-====-=======-============-====================================================
ii  jq   1.6-2.1 amd64        lightweight and flexible command-line JSON processor
/.
/usr
/usr/bin
/usr/bin/jq
jq=1.6-2.1
Package: jq
Status: install ok installed
`)
  })
})
