export const MIN_CHARACTERS = 15;
/** In UTF-16 units. */
export const MAX_CHARACTERS = 256;
/** So many characters must be left when what everybody guesses first is taken out. */
const OWN_CHARACTERS = 8;

/** What leaked passwords of this length are made of, strung together: words, rows of keys, rows of digits, months. */
const LEAKED = [
  ...[
    'password',
    'passwort',
    'passphrase',
    'passw0rd',
    'p@ssword',
    'p@ssw0rd',
    'changeme',
    'change',
    'default',
  ],
  ...[
    'secret',
    'letmein',
    'welcome',
    'willkommen',
    'hello',
    'admin',
    'administrator',
    'root',
    'login',
    'user',
  ],
  ...['iloveyou', 'ilove', 'love', 'princess', 'sunshine', 'football', 'baseball', 'superman', 'batman'],
  ...['dragon', 'monkey', 'master', 'shadow', 'michael', 'jennifer', 'charlie', 'computer', 'internet'],
  ...[
    'correcthorsebatterystaple',
    'trustno1',
    'whatever',
    'starwars',
    'pokemon',
    'thisis',
    'please',
    'enter',
  ],
  ...['counterfoil', 'payment', 'company', 'business', 'spring', 'summer', 'autumn', 'winter', 'january'],
  ...['february', 'march', 'april', 'june', 'july', 'august', 'september', 'october', 'november', 'december'],
];
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'yxcvbnm',
  'zxcvbnm',
  '1q2w3e4r5t6z7u8i9o0p',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '!@#$%^&*()',
  '!"§$%&/()=',
];
const SHORTEST_RUN = 4;

const reversed = (text: string): string => [...text].reverse().join('');

/** Takes out parts of a row of at least four characters, forwards or backwards, longest first. */
function withoutRuns(text: string): string {
  let left = text;
  for (const row of ROWS.flatMap((one) => [one, reversed(one)])) {
    for (let length = row.length; length >= SHORTEST_RUN; length--) {
      for (let at = 0; at + length <= row.length; at++)
        left = left.replaceAll(row.slice(at, at + length), ' ');
    }
  }
  return left;
}

/** How many different pieces of luck a guesser needs: characters that are no known word, row or repetition. */
function ownCharacters(password: string, personal: readonly string[]): number {
  const names = personal
    .flatMap((one) => one.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((one) => one.length > 3);
  let left = password.toLowerCase();
  for (const word of [...names, ...LEAKED].sort((a, b) => b.length - a.length))
    left = left.replaceAll(word, ' ');
  left = withoutRuns(left).replace(/(19|20)\d\d/g, ' ');
  left = left.replace(/(.+?)\1+/gu, '$1');
  return [...left.replace(/\s+/g, '')].length;
}

/**
 * What is wrong with a new password, as a sentence, or null. At least 15 characters, of any kind; not one that leaked
 * lists hold at this length, which are known words and rows strung together. `personal`: names that others know.
 */
export function passwordProblem(password: string, personal: readonly string[]): string | null {
  if ([...password].length < MIN_CHARACTERS)
    return `Use at least ${MIN_CHARACTERS} characters: a few words that do not belong together, for example.`;
  if (password.length > MAX_CHARACTERS) return `Use at most ${MAX_CHARACTERS} characters.`;
  if (ownCharacters(password, personal) < OWN_CHARACTERS)
    return 'That password is among the first to be guessed. Use words that do not belong together.';
  return null;
}
