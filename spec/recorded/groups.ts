import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { World } from './replay.ts'

/** The groups of a recording, in the order in which they were recorded. */
export const groups = [
  'system',
  'create-errors',
  'lifecycle',
  'restart-health',
  'wait',
  'logs',
  'attach',
  'execs',
  'archive',
  'lists',
  'images',
  'registry',
  'build',
  'volumes',
  'networks',
  'events',
  'plugins-misc',
  'swarm',
  'extra',
  'misc',
] as const

const root = fileURLToPath(new URL('../../fixtures/transcripts/', import.meta.url))

export const readWorld = (engine: string, directory = root): World =>
  JSON.parse(readFileSync(`${directory}/${engine}/world.json`, 'utf8')) as World
