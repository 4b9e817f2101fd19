import { compareWithBusybox } from '../busybox/compare.ts'

compareWithBusybox('sh')
