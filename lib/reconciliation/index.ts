export { readNeeds } from './needs';
export { listBalanceRuns } from './progress';
export { listBalanceReports, readBalanceReport, requestBalance } from './reports';
export { type BalanceResult, runBalance } from './run';
export { balanceNextDay, scheduleBalances } from './schedule';
export { checkNow, listUnknown } from './unknown';
