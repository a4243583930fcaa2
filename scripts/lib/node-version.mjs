// Conservative syntax: read by every Node that knows modules.

/** One sentence when this version of Node ("v18.1.0") is too old, else null. */
export function nodeSentence(version) {
  var parts = version.replace('v', '').split('.').map(Number);
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 20)) return null;
  return `Counterfoil needs Node 20.20 or newer, this is ${version}: install it from https://nodejs.org.`;
}
