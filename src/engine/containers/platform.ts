import { Problem } from '../../core/problem.ts'
import type { Image } from '../images/image.ts'

export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant: string
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
}

/** containerd: platforms.Parse */
export function parsePlatform(text: string): Platform {
  const parts = text.toLowerCase().split('/')
  const bad = parts.some((part) => !/^[a-z0-9_.-]+$/.test(part))
  if (parts.length > 3 || bad)
    throw new Problem('InvalidParameter', `${JSON.stringify(text)}: cannot parse platform specifier: invalid argument`)
  const [os = 'linux', architecture = 'amd64', variant = ''] = parts
  return { os, architecture: ARCHITECTURES[architecture] ?? architecture, variant }
}

/** Refuses an image of another platform than the one asked for. */
export function verifyPlatform(image: Image, reference: string, wanted: Platform): void {
  if (image.os === wanted.os && image.architecture === wanted.architecture) return
  const own = [image.os, image.architecture, image.variant].filter(Boolean).join('/')
  const asked = [wanted.os, wanted.architecture, wanted.variant].filter(Boolean).join('/')
  throw new Problem(
    'NotFound',
    `image with reference ${reference} was found but its platform (${own}) does not match the specified platform (${asked})`,
  )
}
