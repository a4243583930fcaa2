export { type Sealed, sealAudit } from './seal';
export { type AuditReport, type VerifyOptions, verifyAudit } from './verify';
