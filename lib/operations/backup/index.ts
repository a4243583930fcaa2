export { backup, type Saved } from './backup';
export { CLOSED_DAYS, type Restored, RestoreRefused, restore } from './restore';
export { BackupUnreadable } from './sealed';
