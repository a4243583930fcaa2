import { TextField } from '@/app/_components/field';

type Props = {
  url?: string | null | undefined /** What is sent there, where that is not clear. */;
  says?: string;
};

/** Where something of the merchant's is reached, as the egress guard takes it. */
export const AddressField = ({ url, says }: Props) => (
  <TextField
    name="url"
    label="Address"
    type="url"
    required
    maxLength={2000}
    placeholder="https://"
    autoComplete="off"
    defaultValue={url ?? ''}
    hint={`${says ? `${says} ` : ''}https, on port 443 or 8443, at a public name.`}
  />
);
