import { sealAudit } from '@/lib/audit';
import type { Services } from '@/lib/context';
import { errorText } from '@/lib/log';

const EVERY_MS = 2_000;
const AFTER_FAULT_MS = 5_000;

/** Seals the audit trail every two seconds; a backlog at once. Of several workers one does, each time whoever comes first. */
export class Sealer {
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private pass: Promise<void> = Promise.resolve();

  constructor(private readonly services: Services) {
    this.next(0);
  }

  /** Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.pass;
  }

  private next(ms: number): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.pass = this.seal();
    }, ms);
  }

  private async seal(): Promise<void> {
    try {
      const sealed = await sealAudit(this.services);
      this.next(sealed?.isWhole === false ? 0 : EVERY_MS);
    } catch (error) {
      this.services.log.warn('audit_seal_failed', { error: errorText(error) });
      this.next(AFTER_FAULT_MS);
    }
  }
}
