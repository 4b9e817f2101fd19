import type { Served } from './served.ts'

/** Tells the status of an answer as soon as it is known. */
export function answering(served: Served, tell: (status: number) => void): Served {
  switch (served.kind) {
    case 'answer':
      tell(served.answer.status)
      return served
    case 'stream':
      tell(served.status)
      return served
    case 'hijack':
      tell(101)
      return served
    case 'later': {
      const finish: typeof served.finish = (answer) => {
        tell(answer.status)
        return served.finish(answer)
      }
      const begin: typeof served.begin = (head) => {
        tell(head.status)
        return served.begin(head)
      }
      return { ...served, finish, begin }
    }
  }
}
