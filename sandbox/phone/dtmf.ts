/** Finds the keys of a telephone in sound: Goertzel's filter on the eight frequencies, with limits after ITU-T Q.24. */
export const RATE = 8_000;

const LOW = [697, 770, 852, 941] as const;
const HIGH = [1209, 1336, 1477, 1633] as const;
const PAD = ['123A', '456B', '789C', '*0#D'] as const;

/** 25.6 ms, so that neighbours are told apart; a frame begins every 10 ms. */
const FRAME = 205;
const HOP = 80;
/** Frames in a row that make a key: 40 ms always do, 20 ms never. */
const FRAMES_OF_A_KEY = 3;
/** Of full scale, each of the pair. */
const LEAST_LEVEL = 0.005;
/** How much louder one of the pair may be, and how much it must stand out of its group, as ratios of power. */
const MOST_TWIST = 10 ** 0.8;
const LEAST_LEAD = 10 ** 0.6;
/** The part of a frame's energy that the pair must hold. Less, and it is talk, or a tone of another kind. */
const LEAST_SHARE = 0.5;

/** The two frequencies of a key, or null when there is no such key. */
export function pairOf(key: string): readonly [number, number] | null {
  const row = PAD.findIndex((keys) => keys.includes(key));
  const low = LOW[row];
  const high = HIGH[PAD[row]?.indexOf(key) ?? -1];
  return low === undefined || high === undefined ? null : [low, high];
}

/** The energy in a frame at one frequency: for a pure tone, all of the frame's. */
function energyAt(frame: Int16Array, frequency: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let [last, before] = [0, 0];
  for (const sample of frame) [last, before] = [sample + turn * last - before, last];
  return (last * last + before * before - turn * last * before) / (frame.length / 2);
}

/** Which of a group is loudest, if it stands out; -1 else. */
function leader(energies: readonly number[]): number {
  const best = energies.indexOf(Math.max(...energies));
  const lead = (energies[best] ?? 0) / LEAST_LEAD;
  return energies.every((energy, i) => i === best || energy < lead) ? best : -1;
}

function keyIn(frame: Int16Array): string | null {
  const [lows, highs] = [LOW, HIGH].map((group) => group.map((frequency) => energyAt(frame, frequency)));
  const row = leader(lows ?? []);
  const column = leader(highs ?? []);
  const low = lows?.[row] ?? 0;
  const high = highs?.[column] ?? 0;
  const least = ((LEAST_LEVEL * 32_768) ** 2 * frame.length) / 2;
  if (Math.min(low, high) < least || Math.max(low, high) > MOST_TWIST * Math.min(low, high)) return null;
  const energy = frame.reduce((sum, sample) => sum + sample * sample, 0);
  return low + high < LEAST_SHARE * energy ? null : (PAD[row]?.[column] ?? null);
}

/** The samples of a WAV file. Throws unless it is PCM, 16 bit, mono, 8 kHz. */
function samplesOf(wav: Buffer): Int16Array {
  const is = (text: string, at: number) => wav.toString('latin1', at, at + 4) === text;
  if (wav.length < 44 || !is('RIFF', 0) || !is('WAVE', 8) || !is('fmt ', 12))
    throw new Error('not a WAV file');
  const [format, channels] = [wav.readUInt16LE(20), wav.readUInt16LE(22)];
  if (format !== 1 || channels !== 1 || wav.readUInt32LE(24) !== RATE || wav.readUInt16LE(34) !== 16)
    throw new Error('not PCM, 16 bit, mono, 8 kHz');
  let at = 20 + wav.readUInt32LE(16);
  while (!is('data', at)) at += 8 + wav.readUInt32LE(at + 4);
  const samples = new Int16Array(wav.readUInt32LE(at + 4) / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = wav.readInt16LE(at + 8 + 2 * i);
  return samples;
}

/** The keys that can be heard in a WAV file, in order. */
export function dtmfKeysIn(wav: Buffer): string {
  const samples = samplesOf(wav);
  let keys = '';
  let [heard, times]: [string | null, number] = [null, 0];
  for (let at = 0; at + FRAME <= samples.length; at += HOP) {
    const key = keyIn(samples.subarray(at, at + FRAME));
    [heard, times] = [key, key === heard ? times + 1 : 1];
    if (key !== null && times === FRAMES_OF_A_KEY) keys += key;
  }
  return keys;
}
