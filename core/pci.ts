/** Who keeps a requirement: the software as it is, whoever runs it, or both together. */
export const PCI_KEEPERS = { software: 'Counterfoil', operator: 'You', both: 'Both' } as const;
export type PciRequirement = {
  /** As PCI DSS 4.0.1 numbers it. */
  id: string;
  asks: string;
  /** How it holds, or what is left to do. */
  how: string;
  /** The command that proves it; null where papers do. */
  proof: string | null;
  keeper: keyof typeof PCI_KEEPERS;
};

/** Where each requirement stands. docs/pci.md and the evidence page show this, and nothing else. */
export const PCI_REQUIREMENTS: readonly PciRequirement[] = [
  {
    id: '1.2, 1.3, 1.4',
    asks: 'Network controls around the card data environment',
    how: 'The card process is a process of its own, so it can stand on a host and network of its own. Firewalls are not part of this software.',
    proof: null,
    keeper: 'operator',
  },
  {
    id: '2.2',
    asks: 'Systems are configured securely; no default passwords',
    how: 'Production refuses example secrets and plain http off loopback; there is no first password, the owner sets one at a one-time address. The host is yours.',
    proof: 'npm test',
    keeper: 'both',
  },
  {
    id: '3.2, 3.3',
    asks: 'Card data is kept as little as possible; none of the sensitive data after authorisation',
    how: 'Card number and security code are in the memory of the card process for one request, and wiped after it; keyed on a telephone, five minutes at most. No database, log or file holds them.',
    proof: 'npm run verify:pan',
    keeper: 'software',
  },
  {
    id: '3.4',
    asks: 'The card number is masked where it is shown',
    how: 'Network and last four digits are all that leaves the card process.',
    proof: 'npm run verify:pan',
    keeper: 'software',
  },
  {
    id: '3.6, 3.7',
    asks: 'Keys that protect stored data are managed',
    how: 'No card data is stored. Keys of gateways are encrypted with a key outside the database; where that key is kept, and when it is changed, is yours to say; it is changed while the product runs.',
    proof: null,
    keeper: 'both',
  },
  {
    id: '4.2.1',
    asks: 'Strong cryptography when card data is sent over open networks',
    how: 'Production refuses addresses of portal and card process that are not https. The TLS in front of them is yours.',
    proof: 'npm test',
    keeper: 'both',
  },
  {
    id: '6.2, 6.3.1',
    asks: 'Software is developed securely; weaknesses are found and ranked',
    how: 'Every change passes types, lint and tests; the threat model names each rule with its test. SECURITY.md says how to report.',
    proof: 'npm test',
    keeper: 'software',
  },
  {
    id: '6.3.3',
    asks: 'Security patches are installed in time',
    how: 'Versions of packages are pinned. Node, PostgreSQL, the host and updates of Counterfoil are yours to install.',
    proof: null,
    keeper: 'operator',
  },
  {
    id: '6.4.1, 6.4.2',
    asks: 'Public web applications are protected against attacks',
    how: 'Budgets against card testing and guessing are built in. A web application firewall is not.',
    proof: null,
    keeper: 'both',
  },
  {
    id: '6.4.3',
    asks: 'Every script of the payment page is authorised, whole and listed with a reason',
    how: 'docs/scripts.json lists each script with owner, reason and SHA-256; a build that differs fails. The policy of the page admits scripts by hash alone.',
    proof: 'npm run build',
    keeper: 'software',
  },
  {
    id: '7.2',
    asks: 'Access by need to know',
    how: 'Four roles with fixed permissions, judged in every act; API clients hold scopes. Whom you give which role is yours to review.',
    proof: 'npm test',
    keeper: 'both',
  },
  {
    id: '8.2.8',
    asks: 'An idle session ends after 15 minutes',
    how: 'A session idles out after 15 minutes and ends after 12 hours. What matters needs a proof of the last five minutes.',
    proof: 'npm run verify:sessions',
    keeper: 'software',
  },
  {
    id: '8.3.4, 8.3.6',
    asks: 'Guessing is locked out; passwords have at least 12 characters',
    how: 'Ten failures lock an account from an address for 30 minutes. Passwords have at least 15 characters, and none that leaked lists are made of.',
    proof: 'npm test',
    keeper: 'software',
  },
  {
    id: '9',
    asks: 'Physical access to card data is restricted',
    how: 'No paper or medium holds card data. The rooms of the machines are yours.',
    proof: null,
    keeper: 'operator',
  },
  {
    id: '10.2, 10.3',
    asks: 'Acts are logged, and logs are protected from change',
    how: 'Each act is an audit entry in its own transaction, append-only, sealed by a chain under a key that the database does not hold.',
    proof: 'npm run verify:audit',
    keeper: 'software',
  },
  {
    id: '10.4, 10.5',
    asks: 'Logs are reviewed, and kept for a year',
    how: 'Audit entries are never deleted. Process logs go to standard output: keeping and reviewing them, and the roots in them, is yours.',
    proof: null,
    keeper: 'both',
  },
  {
    id: '11.3.2',
    asks: 'Scans by an approved vendor each quarter (ASV)',
    how: 'Not part of this software.',
    proof: null,
    keeper: 'operator',
  },
  {
    id: '11.4',
    asks: 'Penetration tests',
    how: 'None was done yet. Not part of this software.',
    proof: null,
    keeper: 'operator',
  },
  {
    id: '11.6.1',
    asks: 'Changes of the payment page as payers get it are found',
    how: 'Each hour a real browser compares scripts, frames, forms and headers with what you have signed; a difference is an alert. It runs once you have signed the page.',
    proof: 'npm run verify:page',
    keeper: 'both',
  },
  {
    id: '12',
    asks: 'Policies, training, providers and incidents',
    how: 'Papers and people of yours.',
    proof: null,
    keeper: 'operator',
  },
];

/** The requirements as a table of Markdown. */
export const pciTable = (): string =>
  [
    '| Requirement | Asks | How it holds | Proved by | Kept by |',
    '|---|---|---|---|---|',
    ...PCI_REQUIREMENTS.map(
      ({ id, asks, how, proof, keeper }) =>
        `| ${id} | ${asks} | ${how} | ${proof ? `\`${proof}\`` : '–'} | ${PCI_KEEPERS[keeper]} |`,
    ),
  ].join('\n');
