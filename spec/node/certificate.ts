import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certified {
  readonly ca: string
  readonly key: string
  readonly cert: string
}

/** Whether certificates can be made; else the reason is printed, and what needs them is skipped. */
export function opensslIsHere(): boolean {
  if (spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0) return true
  console.warn('skipped: there is no openssl on this machine to make a certificate')
  return false
}

/** A certificate for loopback, of an authority that nobody knows. */
export function certified(): Certified {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-tls-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  try {
    openssl('req', '-x509', ...ec, '-keyout', at('ca.key'), '-out', at('ca.crt'), '-subj', '/CN=tank CA', '-days', '30')
    openssl('req', ...ec, '-keyout', at('key'), '-out', at('csr'), '-subj', '/CN=localhost')
    writeFileSync(at('ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
    const signed = [
      '-CA',
      at('ca.crt'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-extfile',
      at('ext'),
      '-days',
      '30',
    ]
    openssl('x509', '-req', '-in', at('csr'), '-out', at('crt'), ...signed)
    const read = (name: string) => readFileSync(at(name), 'utf8')
    return { ca: read('ca.crt'), key: read('key'), cert: read('crt') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
