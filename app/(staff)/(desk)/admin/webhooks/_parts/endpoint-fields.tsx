import { TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';

export const DescriptionField = ({ description = null }: { description?: string | null }) => (
  <TextField
    name="description"
    label="What it is for"
    optional
    maxLength={200}
    autoComplete="off"
    defaultValue={description ?? ''}
    onInput={refuseCard}
  />
);
