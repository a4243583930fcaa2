'use client';
import { Button } from '@/app/_components/button';

export const Print = () => (
  <Button kind="secondary" onClick={() => window.print()}>
    Print
  </Button>
);
