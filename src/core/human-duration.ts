import { type Duration, SECOND } from './instant.ts'

/** go-units' HumanDuration, as in `Up 3 minutes`: `Less than a second`, `About an hour`, `5 weeks`. */
export function humanDuration(duration: Duration): string {
  const seconds = Math.trunc(duration / SECOND)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.trunc(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  // Go rounds the hours, but cuts everything else.
  const hours = Math.floor(seconds / 3600 + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`
  return `${Math.trunc(seconds / 3600 / 24 / 365)} years`
}
