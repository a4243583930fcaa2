export {
  type AuditCheck,
  type AuditStanding,
  checkAuditDaily,
  readAuditStanding,
  requestAuditCheck,
  runAuditCheck,
} from './check';
export {
  type AuditEntry,
  exportAuditEntries,
  listAuditEntries,
  listAuditPeople,
  mayExportAudit,
  readAuditEntry,
} from './entries';
export { type Sealed, sealAudit } from './seal';
export { type AuditReport, type VerifyOptions, verifyAudit } from './verify';
