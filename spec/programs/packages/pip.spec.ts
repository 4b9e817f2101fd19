import { describe, expect, test } from 'vitest'
import { inside } from './shell.ts'

const withPip = (script: string) => inside('alpine', `apk add -q py3-pip; ${script}`)

describe('pip', () => {
  test('install collects what is needed, and list, show and freeze tell of it', async () => {
    const { text, status } = await withPip(
      'pip install flask==3.0.0 2>/dev/null; pip list; pip show jinja2 | head -n 3; pip freeze | head -n 2',
    )
    expect(status).toBe(0)
    expect(text).toContain(
      'Collecting flask\n  Downloading flask-3.0.0-py3-none-any.whl (101 kB)\nCollecting markupsafe (from werkzeug)\n',
    )
    expect(text).toContain(
      'Successfully installed blinker-1.8.2 click-8.1.7 flask-3.0.0 itsdangerous-2.2.0 jinja2-3.1.4 markupsafe-3.0.1 werkzeug-3.0.4\n',
    )
    expect(text).toContain(
      'Package      Version\n------------ -------\nblinker      1.8.2\nclick        8.1.7\nflask        3.0.0\n',
    )
    expect(text).toContain('Name: jinja2\nVersion: 3.1.4\nSummary: A very fast and expressive template engine.\n')
    expect(text).toMatch(/blinker==1\.8\.2\nclick==8\.1\.7\n$/)
  })

  test('a file of requirements, and what is there already', async () => {
    const { text } = await withPip('echo "six>=1.0 # old" > r.txt; pip install -q -r r.txt; pip install six')
    expect(text).toMatch(/Requirement already satisfied: six in \S+site-packages \(1\.16\.0\)\n/)
  })

  test('uninstall', async () => {
    const { text } = await withPip('pip install -q six; pip uninstall -y six nosuch; pip show six')
    expect(text).toBe(`Found existing installation: six 1.16.0
Uninstalling six-1.16.0:
  Successfully uninstalled six-1.16.0
WARNING: Skipping nosuch as it is not installed.
WARNING: Package(s) not found: six
`)
  })

  test.each([
    [
      'pip install nosuch',
      'ERROR: Could not find a version that satisfies the requirement nosuch (from versions: none)\nERROR: No matching distribution found for nosuch\n',
    ],
    [
      'pip install -r gone.txt',
      "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'gone.txt'\n",
    ],
  ])('%s fails', async (script, text) => {
    expect(await withPip(script)).toEqual({ text, status: 1 })
  })
})
