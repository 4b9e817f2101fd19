import { expect, test } from 'vitest'
import { Problem } from '../../../../src/core/problem.ts'
import type { CreateRequest } from '../../../../src/engine/containers/commands.ts'
import { createRequestIn } from '../../../../src/engine/containers/wire/create-before.ts'
import { createCommand } from '../../world.ts'

const request = (body: Record<string, unknown>): CreateRequest => ({
  ...(createCommand('c1', body) as unknown as CreateRequest),
  platform: 'linux/arm64',
})
const within = (version: string, body: Record<string, unknown> = {}) => createRequestIn(version, request(body))

test.each([
  ['1.40', '1.39', (one: CreateRequest) => one.hostConfig.ipcMode, '', 'shareable'],
  ['1.41', '1.40', (one: CreateRequest) => one.hostConfig.cgroupnsMode, '', 'host'],
  ['1.41', '1.40', (one: CreateRequest) => one.platform, 'linux/arm64', ''],
])('%s differs from %s', (since, before, of, now, then) => {
  expect(of(within(since))).toBe(now)
  expect(of(within(before))).toBe(then)
})

test('AutoRemove is the client’s job before 1.25', () => {
  const body = { HostConfig: { AutoRemove: true } }
  expect(within('1.25', body).hostConfig.autoRemove).toBe(true)
  expect(within('1.24', body).hostConfig.autoRemove).toBe(false)
})

test('several endpoints are for 1.44', () => {
  const body = { NetworkingConfig: { EndpointsConfig: { bridge: {}, none: {} } } }
  expect(Object.keys(within('1.44', body).endpoints ?? {})).toEqual(['bridge', 'none'])
  let refusal: unknown
  try {
    within('1.43', body)
  } catch (problem) {
    refusal = problem
  }
  expect(refusal).toEqual(
    new Problem('InvalidParameter', 'Container cannot be created with multiple network endpoints: bridge, none'),
  )
})
