import { compareWithBusybox } from '../busybox/compare.ts'

compareWithBusybox('bin')
