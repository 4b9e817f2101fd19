import type { asking } from '../asking.ts'

/** What `GET /events` tells from the beginning on: type, action and, where it says more than an id, the name. */
export async function told({ ask, tank }: ReturnType<typeof asking>): Promise<string[]> {
  tank.clock.advance(2000)
  const { text } = await ask('GET', `/events?since=1&until=${Math.floor(tank.clock.now / 1e6) - 1}`)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ Type, Action, Actor }) => `${Type} ${Action} ${Actor.Attributes.name ?? ''}`.trim())
}
