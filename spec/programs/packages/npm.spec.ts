import { describe, expect, test } from 'vitest'
import { inside } from './shell.ts'

const withNpm = (script: string, packages = {}) =>
  inside('alpine', `apk add -q npm; mkdir /app; cd /app; ${script}`, packages)

describe('npm', () => {
  test('init, install and ls', async () => {
    const { text, status } = await withNpm(
      'npm init -y >/dev/null; npm install axios; npm ls; cat package.json | grep axios; ls node_modules',
    )
    expect(status).toBe(0)
    expect(text).toBe(`
added 4 packages, and audited 5 packages in 1s

found 0 vulnerabilities
app@1.0.0 /app
└── axios@1.7.7

    "axios": "^1.7.7"
axios
follow-redirects
form-data
proxy-from-env
`)
  })

  test('ci needs a lock file, and installs what package.json lists', async () => {
    const manifest = `echo '{"name":"a","version":"1.0.0","dependencies":{"ms":"^2"},"devDependencies":{"vary":"1"}}' > package.json`
    expect((await withNpm(`${manifest}; npm ci`)).text).toMatch(
      /^npm error code EUSAGE\nnpm error\nnpm error The `npm ci` command can only/,
    )
    expect((await withNpm(`${manifest}; npm install >/dev/null; npm ci --omit=dev; ls node_modules`)).text).toMatch(
      /added 1 package,[\s\S]*\nms\n$/,
    )
  })

  test('run becomes the script, with the commands of the packages before others', async () => {
    const manifest = `echo '{"name":"a","version":"1.0.0","scripts":{"hi":"tsc --version; exit 3"}}' > package.json`
    expect(await withNpm(`${manifest}; npm i -D typescript >/dev/null; npm run hi -- x`)).toEqual({
      text: '\n> a@1.0.0 hi\n> tsc --version; exit 3 x\n\ntsc version 5.6.3\n',
      status: expect.any(Number),
    })
  })

  test('ls -g', async () => {
    expect((await withNpm('npm i -g pm2 >/dev/null; npm ls -g; which pm2')).text).toBe(
      '/usr/local/lib\n├── npm@10.8.2\n└── pm2@5.4.2\n\n/usr/local/bin/pm2\n',
    )
  })

  test('an unknown package fails, unless the table takes any name', async () => {
    const { text, status } = await withNpm('npm install nosuch')
    expect(text).toMatch(
      /^npm error code E404\nnpm error 404 Not Found - GET https:\/\/registry\.npmjs\.org\/nosuch - Not found\n/,
    )
    expect(text).toContain("npm error 404  'nosuch@*' is not in this registry.\n")
    expect(status).toBe(1)
    expect((await withNpm('npm install nosuch', { npm: { '*': {} } })).status).toBe(0)
  })
})
