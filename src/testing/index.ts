export { request } from './request.ts'
export { type Step, step, steps } from './steps.ts'
export { take, transcript } from './take.ts'
